using XenShell.Core;

namespace XenShell.Gate.Consoles;

/// <summary>A guest's console log as its caller sees it, for as long as the guest is the caller's.</summary>
internal sealed class LogView(Act act)
{
    private readonly PolicyWatch policy = new(act, act.Request);
    private long end; // where the log goes on

    internal void ShowLast(int count)
    {
        var lines = act.ConsoleLog.Tail(count, out end)
            ?? throw Act.Refusal(ExitCode.Failed, $"{act.Name}: there is no console log yet; ask the administrator if it has been booted since logging was switched on", "no console log");
        act.Output.Quote(lines);
    }

    /// <summary>What comes after that, until the caller goes.</summary>
    internal (ExitCode, string?) Follow()
    {
        var pause = GateLimits.LogTick;
        while (!act.Input.AsksToStop && !act.Input.IsGone && act.Output.IsHeard)
        {
            act.Input.Wait(pause);
            policy.Require();
            var lines = act.ConsoleLog.Next(ref end);
            act.Output.Quote(lines);
            pause = lines.Count > 0 ? GateLimits.Glance : GateLimits.LogTick;
        }

        return (ExitCode.Done, "followed");
    }
}
