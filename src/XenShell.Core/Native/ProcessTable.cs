using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>What /proc tells of other processes, as far as it is ours to see.</summary>
public static class ProcessTable
{
    private const int MaxStat = 4096; // a line of numbers and a name of 16 characters
    private const int MaxArguments = 256 << 10;
    private const string Gone = " (deleted)"; // an upgrade has replaced the program under a running process

    public static IEnumerable<int> All() =>
        Folders.Names("/proc")
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : -1)
            .Where(pid => pid > 0);

    /// <summary>The children that a process has now, with those that have ended and that it has not reaped.</summary>
    public static IEnumerable<int> Children(int parent) => All().Where(pid => Birth(pid)?.Parent == parent);

    /// <summary>The effective uid; null when it has ended.</summary>
    public static uint? Owner(int pid) => FileSystem.TryStatus($"/proc/{pid}")?.Owner;

    /// <summary>The absolute path of its program; null when it has ended, or is not ours to see.</summary>
    public static string? Program(int pid) => FileSystem.TryReadLink($"/proc/{pid}/exe")?.Replace(Gone, "", StringComparison.Ordinal);

    /// <summary>Its argv; empty when it has ended, or is not ours to see.</summary>
    public static IReadOnlyList<string> Arguments(int pid)
    {
        try
        {
            using var file = FileSystem.TryOpen($"/proc/{pid}/cmdline");
            return Encoding.Latin1.GetString(file?.ReadAll(MaxArguments) ?? []).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (ErrnoException)
        {
            return [];
        }
    }

    /// <summary>Its parent, and when it started, in ticks since boot; null when it has ended.</summary>
    public static (int Parent, long Started)? Birth(int pid)
    {
        try
        {
            using var file = FileSystem.TryOpen($"/proc/{pid}/stat");
            if (file is null || file.ReadAll(MaxStat) is not { } bytes)
            {
                return null;
            }

            // proc(5), stat: "PID (NAME) STATE PPID …", the start is the 22nd; NAME may hold anything.
            var text = Encoding.Latin1.GetString(bytes);
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[19], CultureInfo.InvariantCulture));
        }
        catch (ErrnoException)
        {
            return null;
        }
    }
}
