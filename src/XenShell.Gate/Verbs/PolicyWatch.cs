using System.Diagnostics;

namespace XenShell.Gate.Verbs;

/// <summary>Re-reads the policy every few seconds for a verb that lasts: a revoked grant ends it.</summary>
internal sealed class PolicyWatch(Act act)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5); // a revocation is to bite within 10 s

    private readonly Stopwatch since = Stopwatch.StartNew();

    internal bool StillPermits()
    {
        if (since.Elapsed < Interval)
        {
            return true;
        }

        since.Restart();
        try
        {
            Policy.Read(act.Layout).Decide(act.Caller, act.Request);
            return true;
        }
        catch (GateRefusal)
        {
            return false;
        }
    }
}
