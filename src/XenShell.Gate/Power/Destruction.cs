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
    /// <returns>It was last seen under the name of one whose memory has gone to another host, where it runs on.</returns>
    internal static bool CutPower(Act act, Domain domain)
    {
        var isMoved = false;
        var watch = Stopwatch.StartNew();
        for (var life = domain; life is not null; life = act.States.Now(act.Name))
        {
            act.States.Forget();
            try
            {
                act.Toolstack.Destroy(life.Id);
            }
            catch (ToolstackException) when (!IsThere(act, life, ref isMoved))
            {
                continue; // it went by itself in the meantime: that is what was asked for
            }

            while (IsThere(act, life, ref isMoved))
            {
                if (watch.Elapsed > GateLimits.Gone)
                {
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its power is cut, but it is not gone yet; 'status' shows when it is", "still dying");
                }

                Poll.Pause(GateLimits.Tick);
            }
        }

        return isMoved;
    }

    // One that is dying and has lost its name is nobody's any more.
    private static bool IsThere(Act act, Domain domain, ref bool isMoved)
    {
        act.States.Forget();
        var seen = act.States.Domains().FirstOrDefault(other => other.Id == domain.Id);
        isMoved |= seen is not null && Domain.MovedGuest(seen.Name) == act.Name.Text;
        return seen is not null && (seen.State != DomainState.Dying || seen.Name == act.Name.Text);
    }
}
