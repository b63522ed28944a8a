using System.Text;

namespace XenShell.Core.Native;

/// <summary>What is mounted (proc_pid_mountinfo(5)). No storage is asked.</summary>
public sealed class Mounts
{
    public const string Root = "/";

    private const int MaxBytes = 4 << 20; // 20,000 containers' worth

    private Mounts(IReadOnlyList<Mount> all) => All = all;

    /// <summary>The longest paths first.</summary>
    public IReadOnlyList<Mount> All { get; }

    /// <summary>As they are now for this process.</summary>
    public static Mounts Now() => Parse(Read("/proc/self/mountinfo") ?? "");

    /// <summary>As they are now for the host, whatever name space the caller's session is in; where that is not to be seen, this process's.</summary>
    public static Mounts OfTheHost() => Read("/proc/1/mountinfo") is { } text ? Parse(text) : Now();

    /// <summary>Lines of "36 35 98:0 / /mnt/a\040b rw,noatime shared:1 - ext3 /dev/root rw".</summary>
    public static Mounts Parse(string mountinfo) =>
        new([.. mountinfo.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length > 4).Select(Mount).OrderByDescending(mount => mount.Point.Length)]);

    /// <summary>Where a path's file system is mounted, as far as its name tells: a link on the way may lead elsewhere.</summary>
    /// <param name="path">A character a byte.</param>
    public string Of(string path) =>
        All.FirstOrDefault(mount => path == mount.Point || path.StartsWith(mount.Point.EndsWith('/') ? mount.Point : mount.Point + "/", StringComparison.Ordinal))?.Point ?? Root;

    private static Mount Mount(string[] words)
    {
        var ofTheFileSystem = Array.IndexOf(words, "-") is > 0 and var dash && words.Length > dash + 3 ? words[(dash + 1)..] : null;
        return new Mount(
            Unescaped(words[4]),
            DeviceNumber.Parse(words[2]) ?? 0,
            ofTheFileSystem?[0] ?? "",
            Unescaped(ofTheFileSystem?[1] ?? ""),
            ofTheFileSystem?[2].Split(',').Contains("ro") != true);
    }

    // blank, tab, newline and backslash
    internal static string Unescaped(string point) =>
        point.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\012", "\n", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);

    private static string? Read(string path)
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            return file is null ? null : Encoding.Latin1.GetString(file.ReadAll(MaxBytes) ?? throw new IOException($"{path}: more is mounted than can be looked at"));
        }
        catch (ErrnoException)
        {
            return null; // another's process, for who is not root
        }
    }
}
