using XenShell.Core;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Tenant.Sessions;

/// <summary>
/// Slows a session down whose commands are refused again and again: each costs sudo a line in its own log.
/// Past the shell the gate counts by itself.
/// </summary>
public sealed class RefusalPace
{
    private Taken taken;

    public static bool IsRefusal(ExitCode code) => code is ExitCode.Usage or ExitCode.NotAllowed or ExitCode.WrongState;

    /// <summary>To be called for each refusal.</summary>
    /// <returns>False when there were too many.</returns>
    public bool Note()
    {
        var fits = Sizes.Refusals.TryTake(ref taken, Environment.TickCount64);
        if (!fits)
        {
            Poll.Pause(TenantLimits.RefusalPenalty);
        }

        return fits;
    }
}
