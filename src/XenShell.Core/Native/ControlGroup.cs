using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>
/// The control group that we were started in. systemd hands a user the groups below user@UID.service,
/// and whoever has a group can freeze or kill all in it, root's processes too (cgroups(7), v2 only: the
/// controllers of v1 are not handed out). The groups of sessions, beside it below user.slice, end with the
/// log-in where KillUserProcesses says so, and with "loginctl terminate-user". What stands in the top group
/// systemd leaves alone.
/// </summary>
public static class ControlGroup
{
    private const string OfThisProcess = "/proc/self/cgroup";
    private const string Top = "/sys/fs/cgroup/cgroup.procs";
    private static readonly string[] EndingSlices = ["/user.slice/", "/xenshell.slice/"]; // log-ins, and our jobs
    private const int MaxBytes = 16384;

    /// <summary>Moves into the top group, if the user rules ours. Takes root.</summary>
    /// <exception cref="IOException">It could not be left.</exception>
    public static void LeaveTheUsers() => Leave(IsTheUsers);

    /// <summary>The same where ours ends with a session, or with a job: for what starts something that outlives it.</summary>
    /// <exception cref="IOException">As above.</exception>
    public static void LeaveTheSessions() => Leave(IsASessions);

    private static void Leave(Func<string, bool> isOurs)
    {
        using var file = FileSystem.TryOpen(OfThisProcess);
        if (file is null || file.ReadAll(MaxBytes) is not { } bytes || !isOurs(Encoding.UTF8.GetString(bytes)))
        {
            return;
        }

        using var top = FileSystem.Open(Top, Libc.O_WRONLY);
        top.WriteAll(Encoding.ASCII.GetBytes(ThisProcess.Pid.ToString(CultureInfo.InvariantCulture)));
    }

    /// <param name="groups">/proc/self/cgroup: the line of v2 is "0::/path".</param>
    public static bool IsTheUsers(string groups) => Group(groups).Contains("/user@", StringComparison.Ordinal);

    public static bool IsASessions(string groups) => EndingSlices.Any(slice => Group(groups).StartsWith(slice, StringComparison.Ordinal));

    private static string Group(string groups) =>
        groups.Split('\n').FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?["0::".Length..] ?? "";
}
