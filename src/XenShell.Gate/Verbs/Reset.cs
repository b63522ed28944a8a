using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>reset: power off and boot under one lock, so that nobody comes between.</summary>
internal static class Reset
{
    internal static (ExitCode, string?) Run(Act act)
    {
        long logOffset;
        using (act.Lock())
        {
            using var disks = Starting.RequireNobodyElse(act, act.RequireState());
            Poweroff.Destroy(act);
            logOffset = BootAgain(act, disks);
        }

        Starting.TellOfSavedState(act);
        return Boot.Watch(act, logOffset, "was reset and is running");
    }

    // From here on the guest is off, which nobody would guess from a complaint about the boot alone.
    private static long BootAgain(Act act, DiskClaim disks)
    {
        try
        {
            return Boot.Create(act, disks);
        }
        catch (ToolstackException e)
        {
            throw IsOffNow(act, act.Refusal(e));
        }
        catch (GateRefusal e)
        {
            throw IsOffNow(act, e);
        }
    }

    private static GateRefusal IsOffNow(Act act, GateRefusal why) =>
        Act.Refusal(why.Code, $"{why.Message}\n{act.Name} is off now; 'boot {act.Name}' starts it", why.Reason);
}
