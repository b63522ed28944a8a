using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Tenant.Sessions;

/// <summary>
/// The sessions of this login: processes of its own that run the shell or the screen, and were started by
/// neither. Told by /proc, as there is no place where a tenant could count and other tenants could not
/// miscount.
/// </summary>
public static class OwnSessions
{
    /// <summary>How many were there before this process began one; 0 where it belongs to one of them.</summary>
    public static int Before(HostLayout layout)
    {
        string[] programs = [ThisProcess.ExecutablePath, layout.Screen];
        bool IsOurs(int pid) => ProcessTable.Program(pid) is { } program && programs.Contains(program);

        if (ProcessTable.Birth(ThisProcess.Pid) is not { } self || IsOurs(self.Parent))
        {
            return 0;
        }

        return ProcessTable.All().Count(pid =>
            ProcessTable.Owner(pid) == ThisProcess.RealUid && IsOurs(pid)
            && ProcessTable.Birth(pid) is { } other && (other.Started, pid).CompareTo((self.Started, ThisProcess.Pid)) < 0 && !IsOurs(other.Parent));
    }
}
