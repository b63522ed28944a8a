using XenShell.Core.Names;

namespace XenShell.Core.Volumes;

/// <summary>What stands behind a disk.</summary>
public abstract class VolumeKind
{
    /// <summary>Marks the names that a job gives: no guest's file names them.</summary>
    private const string Mark = ".xs-";

    /// <returns>Null for what is neither: then it is refused.</returns>
    public static VolumeKind? Of(HostLayout layout, string path) =>
        !IsPlain(path) ? null
        : path.StartsWith("/dev/", StringComparison.Ordinal) ? LogicalVolumes.TryName(path, out _, out _) ? new LogicalVolumes() : null
        : new FileVolumes(layout.TrustedTree);

    /// <summary>The name of a volume that a disk of a guest is, which others are made beside: "/dev/VG/LV" of "/dev/mapper/VG-LV".</summary>
    public static string NameOf(string path) => path.StartsWith(LogicalVolumes.Mapped, StringComparison.Ordinal) && LogicalVolumes.TryName(path, out var group, out var name) ? $"/dev/{group}/{name}" : path;

    /// <summary>"old" or "new" of a job, beside the volume itself.</summary>
    /// <param name="path">Its <see cref="NameOf"/>.</param>
    public static string NameBeside(string path, string what, string job) => $"{path}{Mark}{what}-{job}";

    /// <summary>The longest name of a volume that others can be made beside.</summary>
    /// <param name="limit">Of any name.</param>
    protected static int LongestName(int limit) => limit - NameBeside("", "new", JobId.New()).Length;

    /// <summary>Null when there is no such volume.</summary>
    /// <exception cref="VolumeException">It cannot be said, also from all others.</exception>
    public abstract Volume? Find(string path);

    /// <summary>What there is for a new volume beside this one.</summary>
    public abstract VolumeRoom Room(string path);

    /// <summary>Why this volume cannot be replaced by a new one; null when it can.</summary>
    public abstract string? Problem(string path);

    /// <summary>Makes an empty volume, as large as another one, and open to the same.</summary>
    public abstract void Create(string path, Volume like);

    /// <summary>A new one may show what was on its part of the disk before, another guest's.</summary>
    public abstract bool ShowsOldBytes { get; }

    /// <summary>Renames within its group or folder, for good when this returns. There is nothing at the new name.</summary>
    public abstract void Rename(string from, string to);

    /// <summary>Removes it; one that is in use stays and is an error.</summary>
    public abstract void Remove(string path);

    private static bool IsPlain(string path) =>
        path.StartsWith('/') && !path.EndsWith('/') && !path.Split('/').Any(part => part is ".." or ".")
        && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+');
}
