using XenShell.Core;

namespace XenShell.Gate.Verbs;

/// <summary>The last lines of the guest's console log, and more as they come.</summary>
internal static class LogVerb
{
    private const int UsualLines = 40;
    private const int WatchedLines = 10; // enough to see where one is
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1); // there may be more, but the caller comes first
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250); // inotify would save 4 looks a second; a log has few followers

    internal static (ExitCode, string?) Show(Act act)
    {
        var policy = new PolicyWatch(act, act.Request);
        var end = ShowLast(act, act.Request.Number("lines") ?? UsualLines);
        return act.Request.Has("follow") ? Follow(act, policy, end)
            : act.Output.IsHeard ? (ExitCode.Done, null)
            : throw Act.Refusal(ExitCode.Failed, $"{act.Name}: the log is cut short, as nobody read it", "not read to its end");
    }

    /// <summary>console --watch: Xen allows one client on a console, everybody else reads its log.</summary>
    internal static (ExitCode, string?) Watch(Act act)
    {
        var policy = new PolicyWatch(act, act.Request);
        act.Output.Say($"watching {act.Name}; Ctrl-C ends it");
        return Follow(act, policy, ShowLast(act, WatchedLines));
    }

    /// <returns>Where the log goes on.</returns>
    private static long ShowLast(Act act, int count)
    {
        var lines = act.ConsoleLog.Tail(count, out var end)
            ?? throw Act.Refusal(ExitCode.Failed, $"{act.Name}: there is no console log yet; ask the administrator if it has been booted since logging was switched on", "no console log");
        act.Output.Quote(lines);
        return end;
    }

    private static (ExitCode, string?) Follow(Act act, PolicyWatch policy, long offset)
    {
        var pause = Tick;
        while (!act.Input.AsksToStop && !act.Input.IsGone && act.Output.IsHeard)
        {
            act.Input.Wait(pause);
            policy.Require();
            var lines = act.ConsoleLog.Next(ref offset);
            act.Output.Quote(lines);
            pause = lines.Count > 0 ? Glance : Tick;
        }

        return (ExitCode.Done, "followed");
    }
}
