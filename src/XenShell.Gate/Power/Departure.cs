using System.Diagnostics;
using XenShell.Core.Domains;
using XenShell.Core.Locks;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>
/// A guest that was asked to shut down, on its way. Its lock is not held while waiting, so that somebody who loses
/// patience can cut its power from another session.
/// </summary>
internal sealed class Departure : IDisposable
{
    private readonly Act act;
    private readonly Domain domain;

    private Departure(Act act, Domain domain, IToolstackRequest request)
    {
        this.act = act;
        this.domain = domain;
        Request = request;
    }

    internal IToolstackRequest Request { get; }

    /// <summary>Under the guest's lock.</summary>
    internal static Departure Begin(Act act, Domain domain) => new(act, domain, Ask(act));

    /// <summary>The domain that was asked, and no later life of the guest.</summary>
    internal bool Is(Domain other) => other.Id == domain.Id;

    /// <param name="isPromised">More follows when the time is over: neither a dropped line nor a lost right ends the waiting, and the right is asked for then.</param>
    /// <param name="isForUs">Nothing that the caller does or loses ends the waiting: the guest was taken down for what follows, and is booted whatever comes of that.</param>
    /// <exception cref="GateRefusal">The guest is no longer the caller's.</exception>
    internal DepartureEnd Await(TimeSpan time, bool isPromised, bool isForUs = false)
    {
        var policy = new PolicyWatch(act, act.Request);
        var (watch, sinceAsked) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        Stopwatch? down = null;
        while (watch.Elapsed < time)
        {
            act.Input.Wait(GateLimits.SlowTick);
            var isKnown = act.TryState(out var now);
            down = now is { State: DomainState.Down } ? down ?? Stopwatch.StartNew() : null;
            if (isKnown && EndOf(now, down) is { } end)
            {
                if (!isForUs)
                {
                    policy.RequireNow(); // the last word is news of the guest
                }

                return end;
            }

            if (!Request.IsAcknowledged)
            {
                Request.Wait(TimeSpan.Zero);
            }

            if (sinceAsked.Elapsed > GateLimits.AskAgain && now is { State: DomainState.Running } && IsYoung)
            {
                sinceAsked.Restart();
                if (TryAskAgain())
                {
                    act.Output.Say($"{act.Name} was just booting; it was asked again");
                }
            }

            if (!isPromised)
            {
                policy.Require();
            }

            if (!isForUs && (act.Input.AsksToStop || (act.Input.IsGone && !isPromised)))
            {
                return DepartureEnd.Unwatched;
            }
        }

        return DepartureEnd.TimedOut;
    }

    private DepartureEnd? EndOf(Domain? now, Stopwatch? down) => now switch
    {
        null => IsThere ? null : DepartureEnd.Off, // somebody may have renamed it, or it is being moved
        { State: DomainState.Down } when down!.Elapsed > GateLimits.Cleared => DepartureEnd.Down,
        { State: DomainState.Crashed } => DepartureEnd.Crashed,
        _ when !Is(now) => DepartureEnd.Rebooted,
        _ => null,
    };

    private bool IsThere => act.States.Domains().Any(other => Is(other) && other.State != DomainState.Dying);

    private bool IsYoung => DateTimeOffset.UtcNow.ToUnixTimeSeconds() - domain.Started < GateLimits.Youth.TotalSeconds;

    private bool TryAskAgain()
    {
        try
        {
            using var held = act.Lock();
            if (act.States.Now(act.Name) is { State: DomainState.Running } now && Is(now))
            {
                Ask(act).Dispose();
                return true;
            }
        }
        catch (Exception e) when (e is GuestBusyException or ToolstackException or GateRefusal)
        {
            // somebody is at it, or the next time; what is refused now, whoever waits or cuts the power decides
        }

        return false;
    }

    private static IToolstackRequest Ask(Act act) => GuestRequest.Send(act, act.Toolstack.Shutdown);

    public void Dispose() => Request.Dispose();
}
