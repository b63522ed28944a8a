using XenShell.Core;

namespace XenShell.Gate.Verbs;

/// <summary>The last lines of the guest's console log, and more as they come.</summary>
internal static class LogVerb
{
    private const int UsualLines = 40;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250); // inotify would save 4 looks a second; a log has few followers

    internal static (ExitCode, string?) Show(Act act)
    {
        var lines = act.ConsoleLog.Tail(act.Request.Number("lines") ?? UsualLines, out var end)
            ?? throw Act.Refusal(ExitCode.Failed, $"{act.Name}: there is no console log yet; ask the administrator if it has been booted since logging was switched on", "no console log");
        Print(lines);
        return act.Request.Has("follow") ? Follow(act, end) : (ExitCode.Done, null);
    }

    private static (ExitCode, string?) Follow(Act act, long offset)
    {
        var watch = new PolicyWatch(act);
        while (!act.Leash.IsPulled && !act.Leash.IsDropped && Output.IsHeard)
        {
            act.Leash.Wait(Tick);
            Print(act.ConsoleLog.Next(ref offset));
            if (!watch.StillPermits())
            {
                throw GateRefusal.NoSuchGuest(act.Name.Text, "revoked while following");
            }
        }

        return (ExitCode.Done, "followed");
    }

    private static void Print(IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            Output.Quote(lines);
        }
    }
}
