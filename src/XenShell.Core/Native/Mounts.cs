using System.Text;

namespace XenShell.Core.Native;

/// <summary>The places at which file systems are mounted (proc_pid_mountinfo(5)). No storage is asked.</summary>
public sealed class Mounts
{
    public const string Root = "/";

    private const int MaxBytes = 4 << 20; // 20,000 containers' worth
    private readonly IReadOnlyList<string> points;

    private Mounts(IReadOnlyList<string> points) => this.points = points;

    /// <summary>As they are now.</summary>
    public static Mounts Now()
    {
        using var file = FileSystem.TryOpen("/proc/self/mountinfo");
        return Parse(Encoding.Latin1.GetString(file?.ReadAll(MaxBytes) ?? []));
    }

    /// <summary>Lines of "36 35 98:0 / /mnt/a\040b rw,noatime - ext3 /dev/root rw".</summary>
    public static Mounts Parse(string mountinfo) =>
        new([.. mountinfo.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length > 4).Select(words => Unescaped(words[4])).OrderByDescending(point => point.Length)]);

    /// <summary>Where a path's file system is mounted, as far as its name tells: a link on the way may lead elsewhere.</summary>
    /// <param name="path">A character a byte.</param>
    public string Of(string path) =>
        points.FirstOrDefault(point => path == point || path.StartsWith(point.EndsWith('/') ? point : point + "/", StringComparison.Ordinal)) ?? Root;

    // blank, tab, newline and backslash
    private static string Unescaped(string point) =>
        point.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\012", "\n", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}
