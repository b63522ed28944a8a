using System.Diagnostics;
using XenShell.Core.Commands;

namespace XenShell.Gate;

/// <summary>Re-reads the policy every few seconds for a verb that lasts: a revoked grant ends it.</summary>
internal sealed class PolicyWatch(Act act, Invocation request)
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    internal bool StillPermits()
    {
        if (since.Elapsed < GateLimits.PolicyLook)
        {
            return true;
        }

        return PermitsNow();
    }

    /// <exception cref="GateRefusal">The guest is no longer the caller's: what it does is none of theirs.</exception>
    internal void Require()
    {
        if (!StillPermits())
        {
            throw Revoked();
        }
    }

    /// <summary>The same whatever the time: before anything is told that a revoked caller must not learn.</summary>
    /// <exception cref="GateRefusal">As above.</exception>
    internal void RequireNow()
    {
        if (!PermitsNow())
        {
            throw Revoked();
        }
    }

    private GateRefusal Revoked() => GateRefusal.NoSuchGuest(act.Name.Text, "revoked while waiting");

    /// <summary>Reads it whatever the time: before a new beginning.</summary>
    internal bool PermitsNow()
    {
        since.Restart();
        return act.IsStillPermitted(request);
    }
}
