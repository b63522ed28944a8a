using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>The end of a domain, at once.</summary>
internal static class Destruction
{
    /// <summary>Cuts the power and waits until the domain is gone; the caller holds the guest's lock.</summary>
    internal static void CutPower(Act act)
    {
        act.States.Forget();
        try
        {
            act.Toolstack.Destroy(act.Name);
        }
        catch (ToolstackException) when (act.States.Now(act.Name) is null)
        {
            return; // it went by itself in the meantime: that is what was asked for
        }

        var watch = Stopwatch.StartNew();
        while (act.States.Now(act.Name) is not null)
        {
            if (watch.Elapsed > GateLimits.Gone)
            {
                throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its power is cut, but it is not gone yet; 'status' shows when it is", "still dying");
            }

            Poll.Pause(GateLimits.Tick);
        }
    }
}
