using XenShell.Core;
using XenShell.Gate.Power;

namespace XenShell.Gate.Verbs;

/// <summary>shutdown: asks the guest and waits.</summary>
internal static class Shutdown
{
    internal static (ExitCode, string?) Run(Act act)
    {
        Departure begun;
        using (act.Lock())
        {
            begun = Departure.Begin(act, act.RequireState()!);
        }

        using var departure = begun;
        GuestRequest.AwaitAnswer(departure.Request);
        if (act.Request.Has("no-wait"))
        {
            return GuestRequest.Report(act, departure.Request, "shut down");
        }

        var time = act.Request.Number("timeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : act.Policy.Settings.ShutdownTimeout;
        var force = act.Request.Has("force");
        act.Output.Say($"{act.Name} was asked to shut down; waiting up to {time.TotalSeconds:0} s");
        return departure.Await(time, isPromised: force) switch
        {
            DepartureEnd.Off => IsOff(act, $"{act.Name} is off"),
            DepartureEnd.Down => IsOff(act, $"{act.Name} is down"),
            DepartureEnd.Unwatched => Unwatched(act),
            DepartureEnd.TimedOut when force => CutPower(act, departure),
            DepartureEnd.Crashed => throw Act.Refusal(ExitCode.Failed, $"{act.Name} crashed while shutting down; 'log {act.Name}' shows its last words, 'poweroff {act.Name}' clears it away", "crashed"),
            DepartureEnd.Rebooted => throw Act.Refusal(ExitCode.Failed, $"{act.Name} has rebooted instead of shutting down", "rebooted"),
            _ => throw Act.Refusal(ExitCode.Failed, $"{act.Name} has not shut down within {time.TotalSeconds:0} s; 'poweroff {act.Name}' cuts its power", "timed out"),
        };
    }

    private static (ExitCode, string?) CutPower(Act act, Departure departure)
    {
        if (!act.IsStillPermitted(act.Request))
        {
            throw Act.Refusal(ExitCode.NotAllowed, $"{act.Name} has not shut down, and its power is no longer yours to cut", "revoked while waiting");
        }

        using (act.Lock())
        {
            if (act.States.Now(act.Name) is { } domain)
            {
                if (!departure.Is(domain))
                {
                    throw Act.Refusal(ExitCode.Failed, $"{act.Name} has been booted anew by somebody else; its power was not cut", "rebooted");
                }

                Destruction.CutPower(act, domain);
            }
        }

        return IsOff(act, $"{act.Name} did not shut down; its power was cut");
    }

    private static (ExitCode, string?) Unwatched(Act act)
    {
        act.Output.Say($"no longer waiting; {act.Name} goes on shutting down by itself");
        return (ExitCode.Done, "asked; the caller did not wait");
    }

    private static (ExitCode, string?) IsOff(Act act, string message)
    {
        act.Output.Say(message);
        return (ExitCode.Done, message);
    }
}
