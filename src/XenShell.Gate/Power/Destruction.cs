using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>The end of a domain, at once.</summary>
internal static class Destruction
{
    /// <summary>
    /// Cuts the power of this very domain, whatever it is called by now, and of the guest's next life where it has just rebooted
    /// by itself; waits until they are gone. The caller holds the guest's lock.
    /// </summary>
    internal static void CutPower(Act act, Domain domain)
    {
        var watch = Stopwatch.StartNew();
        for (var life = domain; life is not null; life = act.States.Now(act.Name))
        {
            act.States.Forget();
            try
            {
                act.Toolstack.Destroy(life.Id);
            }
            catch (ToolstackException) when (!IsThere(act, life))
            {
                continue; // it went by itself in the meantime: that is what was asked for
            }

            while (IsThere(act, life))
            {
                if (watch.Elapsed > GateLimits.Gone)
                {
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its power is cut, but it is not gone yet; 'status' shows when it is", "still dying");
                }

                Poll.Pause(GateLimits.Tick);
            }
        }
    }

    // One that is dying and has lost its name is nobody's any more.
    private static bool IsThere(Act act, Domain domain)
    {
        act.States.Forget();
        return act.States.Domains().Any(other => other.Id == domain.Id && (other.State != DomainState.Dying || other.Name == act.Name.Text));
    }
}
