using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;

namespace XenShell.Gate.Power;

/// <summary>
/// xl create answers 0 for a guest that panics seconds later; only its console log knows why. This
/// watches the first seconds of a boot, without the guest's lock.
/// </summary>
internal sealed class BootWatch(Act act, long logOffset)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly PolicyWatch policy = new(act, act.Request);

    /// <summary>Watches, unless the caller does not want to wait.</summary>
    internal static (ExitCode, string?) Of(Act act, long logOffset, string done)
    {
        if (!act.Request.Has("no-wait"))
        {
            act.Output.Say($"{act.Name} is booting; watching its first {act.Policy.Settings.BootWatch.TotalSeconds:0} s");
            return new BootWatch(act, logOffset).Run(done);
        }

        act.Output.Say($"{act.Name} is booting");
        return (ExitCode.Done, "booting");
    }

    internal (ExitCode, string?) Run(string done)
    {
        int? id = null;
        while (IsDue && !act.Input.AsksToStop)
        {
            if (act.TryState(out var domain))
            {
                id ??= domain?.Id;
                if (domain is null or { State: DomainState.Crashed or DomainState.Down or DomainState.Dying } || domain.Id != id)
                {
                    throw Died();
                }
            }

            act.Input.Wait(GateLimits.Tick);
            policy.Require();
        }

        act.Output.Say(act.Input.AsksToStop ? $"no longer watching; {act.Name} goes on booting" : $"{act.Name} {done}");
        return (ExitCode.Done, act.Input.AsksToStop ? "booting; the caller did not watch" : done);
    }

    /// <summary>These are still the first seconds.</summary>
    internal bool IsDue => watch.Elapsed < act.Policy.Settings.BootWatch;

    /// <summary>The guest has died: says when, and to whom its log is open what it said last.</summary>
    internal GateRefusal Died()
    {
        policy.RequireNow();
        var seconds = Math.Max(1, (int)Math.Round(watch.Elapsed.TotalSeconds));
        act.ConsoleLog.WaitPast(logOffset, GateLimits.LogDelay);
        var last = LastWords.Of(act.ConsoleLog.Since(logOffset, GateLimits.LinesOfADeath));
        var message = $"{act.Name} died within {seconds} s of its boot"
            + (!act.IsStillPermitted(new Invocation(KnownCommands.Log) { Guest = act.Name }) ? ""
            : last.Lines.Count == 0 ? "; its console said nothing" : $"; from its console ('log {act.Name}' shows all):\n  " + string.Join("\n  ", last.Lines));
        return Act.Refusal(ExitCode.Failed, message, last.Cause ?? $"died within {seconds} s");
    }
}
