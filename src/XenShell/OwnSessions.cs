using System.Globalization;
using System.Text;
using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>
/// The sessions of this login: processes of its own that run the shell or the screen, and were started by
/// neither. Told by /proc, as there is no place where a tenant could count and other tenants could not
/// miscount.
/// </summary>
internal static class OwnSessions
{
    private const int MaxStat = 4096; // a line of numbers and a name of 16 characters
    private const string Gone = " (deleted)"; // an upgrade has replaced the program under a running session

    /// <summary>How many were there before this process began one; 0 where it belongs to one of them.</summary>
    internal static int Before(HostLayout layout)
    {
        string[] programs = [ThisProcess.ExecutablePath, layout.Screen];
        bool IsOurs(int pid) => Program(pid) is { } program && programs.Contains(program.Replace(Gone, "", StringComparison.Ordinal));

        if (Look(ThisProcess.Pid) is not { } self || IsOurs(self.Parent))
        {
            return 0;
        }

        var before = 0;
        foreach (var pid in Processes())
        {
            if (Folders.OwnerOf($"/proc/{pid}") == ThisProcess.RealUid && IsOurs(pid)
                && Look(pid) is { } other && (other.Started, pid).CompareTo((self.Started, ThisProcess.Pid)) < 0 && !IsOurs(other.Parent))
            {
                before++;
            }
        }

        return before;
    }

    private static IEnumerable<int> Processes() =>
        Folders.Names("/proc")
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : -1)
            .Where(pid => pid > 0);

    // Null where it is gone, or somebody else's: sshd's is not for us to see.
    private static string? Program(int pid)
    {
        try
        {
            return Folders.ReadLink($"/proc/{pid}/exe");
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    // proc(5), stat: "PID (NAME) STATE PPID …", the start is the 22nd; NAME may hold anything.
    private static (int Parent, long Started)? Look(int pid)
    {
        try
        {
            using var file = Folders.TryOpen($"/proc/{pid}/stat");
            if (file is null || Folders.ReadAll(file, MaxStat) is not { } bytes)
            {
                return null;
            }

            var text = Encoding.Latin1.GetString(bytes);
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[19], CultureInfo.InvariantCulture));
        }
        catch (ErrnoException)
        {
            return null; // gone meanwhile
        }
    }
}
