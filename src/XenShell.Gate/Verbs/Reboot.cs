using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;
using XenShell.Gate.Power;

namespace XenShell.Gate.Verbs;

/// <summary>reboot: asks the guest, and waits until its next life has begun and stays.</summary>
internal static class Reboot
{
    internal static (ExitCode, string?) Run(Act act)
    {
        int id;
        long logOffset;
        IToolstackRequest request;
        using (act.Lock())
        {
            id = act.RequireState()!.Id;
            logOffset = act.ConsoleLog.Length();
            request = GuestRequest.Send(act, act.Toolstack.Reboot);
        }

        using var asked = request;
        GuestRequest.AwaitAnswer(request);
        if (act.Request.Has("no-wait"))
        {
            return GuestRequest.Report(act, request, "reboot");
        }

        var time = act.Policy.Settings.ShutdownTimeout;
        act.Output.Say($"{act.Name} was asked to reboot; waiting up to {time.TotalSeconds:0} s");
        return Wait(act, id, time) ?? new BootWatch(act, logOffset).Run("has rebooted and is running");
    }

    /// <returns>Null when the guest is in its next life.</returns>
    private static (ExitCode, string?)? Wait(Act act, int id, TimeSpan time)
    {
        var policy = new PolicyWatch(act, act.Request);
        var watch = Stopwatch.StartNew();
        Stopwatch? gone = null;
        while (watch.Elapsed < time)
        {
            act.Input.Wait(GateLimits.SlowTick);
            policy.Require();
            if (act.TryState(out var domain))
            {
                gone = domain is null or { State: DomainState.Crashed or DomainState.Down } ? gone ?? Stopwatch.StartNew() : null;
                if (domain is { State: DomainState.Running } && domain.Id != id)
                {
                    return null;
                }

                if (gone?.Elapsed > GateLimits.BetweenLives)
                {
                    policy.RequireNow();
                    throw domain is not { State: DomainState.Crashed }
                        ? Act.Refusal(ExitCode.Failed, $"{act.Name} went off and did not come back; 'boot {act.Name}' starts it", "went off")
                        : Act.Refusal(ExitCode.Failed, $"{act.Name} crashed; 'reset {act.Name}' boots it anew, 'log {act.Name}' shows its last words", "crashed");
                }
            }

            if (act.Input.AsksToStop || act.Input.IsGone)
            {
                act.Output.Say($"no longer waiting; {act.Name} goes on by itself");
                return (ExitCode.Done, "asked; the caller did not wait");
            }
        }

        throw Act.Refusal(ExitCode.Failed, $"{act.Name} has not rebooted within {time.TotalSeconds:0} s; 'reset {act.Name}' cuts its power and boots it", "timed out");
    }
}
