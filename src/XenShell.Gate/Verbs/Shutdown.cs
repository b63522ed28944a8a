using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Locks;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>
/// shutdown: asks the guest and waits. The lock is not held while waiting, so that somebody who loses
/// patience can poweroff from another session.
/// </summary>
internal static class Shutdown
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(2); // a guest that boots has nobody yet to hear a request, or to act on it
    private static readonly TimeSpan ClearedWithin = TimeSpan.FromSeconds(10);

    internal static (ExitCode, string?) Run(Act act)
    {
        Domain domain;
        IToolstackRequest request;
        using (act.Lock())
        {
            domain = act.RequireState()!;
            request = Ask(act);
        }

        using var asked = request;
        request.Wait(Acknowledgement.Time);
        if (act.Request.Has("no-wait"))
        {
            return Acknowledgement.Report(act, request, "shut down");
        }

        var time = act.Request.Number("timeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : act.Policy.Settings.ShutdownTimeout;
        act.Output.Say($"{act.Name} was asked to shut down; waiting up to {time.TotalSeconds:0} s");
        return Wait(act, request, domain, time);
    }

    // Under the guest's lock, which is held until the request stands in xenstore.
    private static IToolstackRequest Ask(Act act)
    {
        var request = act.Toolstack.Shutdown(act.Name);
        request.Wait(Acknowledgement.Delivery);
        act.States.Forget();
        return request;
    }

    private static (ExitCode, string?) Wait(Act act, IToolstackRequest request, Domain asked, TimeSpan time)
    {
        var id = asked.Id;
        var force = act.Request.Has("force");
        var policy = new PolicyWatch(act, act.Request);
        var (watch, sinceAsked) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        Stopwatch? down = null;
        while (watch.Elapsed < time)
        {
            act.Input.Wait(Tick);
            var isKnown = act.TryState(out var domain);
            if (isKnown && (domain is null or { State: DomainState.Crashed } || domain.Id != id))
            {
                policy.RequireNow(); // the last word is news of the guest
            }

            down = domain is { State: DomainState.Down } ? down ?? Stopwatch.StartNew() : null;
            switch (domain)
            {
                case null when isKnown:
                    return IsOff(act, $"{act.Name} is off");
                case { State: DomainState.Down } when down!.Elapsed > ClearedWithin:
                    policy.RequireNow();
                    return IsOff(act, $"{act.Name} is down");
                case { State: DomainState.Crashed }:
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name} crashed while shutting down; 'log {act.Name}' shows its last words, 'poweroff {act.Name}' clears it away", "crashed");
                case { } other when other.Id != id:
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name} has rebooted instead of shutting down", "rebooted");
            }

            if (!request.IsAcknowledged)
            {
                request.Wait(TimeSpan.Zero);
            }

            if (sinceAsked.Elapsed > AskAgain && domain is { State: DomainState.Running } && IsYoung(asked))
            {
                sinceAsked.Restart();
                if (TryAskAgain(act, id))
                {
                    act.Output.Say($"{act.Name} was just booting; it was asked again");
                }
            }

            // What --force promised is decided when its time has come.
            if (!force)
            {
                policy.Require();
            }

            // A dropped line does not stop what was promised; without --force there is nothing left to do.
            if (act.Input.AsksToStop || (act.Input.IsGone && !force))
            {
                act.Output.Say($"no longer waiting; {act.Name} goes on shutting down by itself");
                return (ExitCode.Done, "asked; the caller did not wait");
            }
        }

        return force
            ? CutPower(act, id)
            : throw Act.Refusal(ExitCode.Failed, $"{act.Name} has not shut down within {time.TotalSeconds:0} s; 'poweroff {act.Name}' cuts its power", "timed out");
    }

    private static bool IsYoung(Domain domain) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() - domain.Started < Youth.TotalSeconds;

    private static bool TryAskAgain(Act act, int id)
    {
        try
        {
            using var held = act.Lock();
            if (act.States.Now(act.Name) is { State: DomainState.Running } domain && domain.Id == id)
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

    private static (ExitCode, string?) CutPower(Act act, int id)
    {
        if (!act.IsStillPermitted(act.Request))
        {
            throw Act.Refusal(ExitCode.NotAllowed, $"{act.Name} has not shut down, and its power is no longer yours to cut", "revoked while waiting");
        }

        using (act.Lock())
        {
            if (act.States.Now(act.Name) is { } domain)
            {
                if (domain.Id != id)
                {
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name} has been booted anew by somebody else; its power was not cut", "rebooted");
                }

                Poweroff.Destroy(act);
            }
        }

        return IsOff(act, $"{act.Name} did not shut down; its power was cut");
    }

    private static (ExitCode, string?) IsOff(Act act, string message)
    {
        act.Output.Say(message);
        return (ExitCode.Done, message);
    }
}
