using System.Globalization;
using System.Text;
using XenShell.Core.Files;

namespace XenShell.Core.Native;

/// <summary>
/// The control group that we were started in. systemd hands a user the groups below user@UID.service,
/// and whoever has a group can freeze or kill all in it, root's processes too (cgroups(7), v2 only: the
/// controllers of v1 are not handed out).
/// </summary>
public static class ControlGroup
{
    private const string OfThisProcess = "/proc/self/cgroup";
    private const string Top = "/sys/fs/cgroup/cgroup.procs";
    private const int MaxBytes = 16384;

    /// <summary>Moves into the top group, if the user rules ours. Takes root.</summary>
    /// <exception cref="IOException">It could not be left.</exception>
    public static void LeaveTheUsers()
    {
        using var file = Folders.TryOpen(OfThisProcess);
        if (file is null || Folders.ReadAll(file, MaxBytes) is not { } bytes || !IsTheUsers(Encoding.UTF8.GetString(bytes)))
        {
            return;
        }

        using var top = Folders.Open(Top, Libc.O_WRONLY);
        top.WriteAll(Encoding.ASCII.GetBytes(ThisProcess.Pid.ToString(CultureInfo.InvariantCulture)));
    }

    /// <param name="groups">/proc/self/cgroup: the line of v2 is "0::/path".</param>
    public static bool IsTheUsers(string groups) =>
        groups.Split('\n').Any(line => line.StartsWith("0::/", StringComparison.Ordinal) && line.Contains("/user@", StringComparison.Ordinal));
}
