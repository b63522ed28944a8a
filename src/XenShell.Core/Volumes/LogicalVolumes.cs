using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Volumes;

/// <summary>
/// LVM's logical volumes, through lvm(8), whose changes of metadata are whole or not at all. Each call is one
/// run with a fixed argv.
/// </summary>
internal sealed class LogicalVolumes : VolumeKind
{
    private const string Lvm = "/usr/sbin/lvm";
    internal const string Mapped = "/dev/mapper/";
    private const int MaxName = 127;
    private const int MaxDetail = 300;
    private static readonly string[] Environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "LVM_SUPPRESS_FD_WARNINGS=1"];
    private static readonly string[] Reserved = ["_cdata", "_cmeta", "_corig", "_mimage", "_mlog", "_pmspare", "_rimage", "_rmeta", "_tdata", "_tmeta", "_vorigin"];

    /// <summary>"/dev/VG/LV" or "/dev/mapper/VG-LV", where '-' in a name is written twice (lvm(8)).</summary>
    internal static bool TryName(string path, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out string? name)
    {
        (group, name) = path.Split('/') switch
        {
            ["", "dev", "mapper", var mapped] => Unmapped(mapped),
            ["", "dev", var vg, var lv] when vg is not ("disk" or "block" or "xen" or "zvol" or "md") => (vg, lv),
            _ => (null, null),
        };
        return IsName(group) && IsName(name) && !Reserved.Any(name.Contains);
    }

    public override bool ShowsOldBytes => true; // lvcreate clears the first 4 kB

    public override Volume? Find(string path)
    {
        var fields = Query("lvs", "lv_uuid,lv_size", "lv_name", path);
        return fields is null ? null : new Volume(path, fields[0], long.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    public override VolumeRoom Room(string path) =>
        Query("lvs", "vg_size,vg_free", "lv_name", path) is { } fields
            ? new VolumeRoom(long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture))
            : throw new VolumeException($"{path}: there is no such volume");

    public override string? Problem(string path) => Query("lvs", "lv_layout,lv_role", "lv_name", path) switch
    {
        null => "its volume is missing",
        [not ("linear" or "striped") and var layout, _] => $"its volume is of a kind that cannot be re-imaged ({layout})", // a new one would be plain
        _ when Split(path).Name.Length > LongestName(MaxName) => "its volume has too long a name to make another one beside it",
        [_, var role] when role.Contains("origin", StringComparison.Ordinal) => "its volume has snapshots",
        [_, var role] when role.Contains("snapshot", StringComparison.Ordinal) => "its volume is a snapshot of another one",
        _ => null,
    };

    public override void Create(string path, Volume like)
    {
        var (group, name) = Split(path);
        Run("lvcreate", "--yes", "--wipesignatures", "y", "--zero", "y", "--size", $"{like.Bytes}b", "--name", name, group);
    }

    public override void Rename(string from, string to)
    {
        var (group, name) = Split(from);
        var (otherGroup, newName) = Split(to);
        if (group != otherGroup)
        {
            throw new VolumeException($"{from} cannot leave its group");
        }

        Run("lvrename", group, name, newName);
    }

    // "-f" asks nothing; a volume that somebody has open it refuses all the same.
    public override void Remove(string path)
    {
        if (Query("lvs", "lv_role", "lv_name", path) is [var role] && role.Contains("origin", StringComparison.Ordinal))
        {
            throw new VolumeException($"{path} has snapshots, which would go with it");
        }

        var (group, name) = Split(path);
        Run("lvremove", "-f", $"{group}/{name}");
    }

    private static string[]? Query(string verb, string fields, string key, string path)
    {
        var (group, name) = Split(path);
        var rows = Run(verb, "--noheadings", "--nosuffix", "--units", "b", "--separator", "|", "-o", fields, "-S", $"{key}=\"{name}\"", group)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return rows.Length == 1 ? rows[0].Trim().Split('|') : null;
    }

    private static string Run(params string[] arguments)
    {
        Captured result;
        try
        {
            result = Captured.Run(Lvm, arguments, Environment, Waits.Volumes);
        }
        catch (ErrnoException e)
        {
            throw new VolumeException($"LVM cannot be started: {e.Message}");
        }

        return result.ExitCode switch
        {
            0 => result.Output,
            null => throw new VolumeException($"{arguments[0]} did not end within {Waits.Volumes.TotalSeconds:0} s"),
            _ => throw new VolumeException($"{arguments[0]}: {PrintableText.Line(result.Error, MaxDetail)}"),
        };
    }

    private static (string Group, string Name) Split(string path) =>
        TryName(path, out var group, out var name) ? (group, name) : throw new VolumeException($"{path} is no logical volume");

    private static (string?, string?) Unmapped(string mapped)
    {
        const string twice = "\0";
        var parts = mapped.Replace("--", twice, StringComparison.Ordinal).Split('-');
        return parts is [var vg, var lv] ? (vg.Replace(twice, "-", StringComparison.Ordinal), lv.Replace(twice, "-", StringComparison.Ordinal)) : (null, null);
    }

    private static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxName } && name[0] != '-' && name is not ("." or "..")
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '_' or '.' or '-');
}
