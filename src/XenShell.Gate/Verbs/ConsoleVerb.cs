using XenShell.Core;
using XenShell.Gate.Consoles;

namespace XenShell.Gate.Verbs;

/// <summary>console: at the guest's terminal, or looking on.</summary>
internal static class ConsoleVerb
{
    internal static (ExitCode, string?) Run(Act act)
    {
        var watches = act.Request.Has("watch");
        if (watches && act.Request.Has("take-over"))
        {
            throw Act.Refusal(ExitCode.Usage, "console takes --watch or --take-over, not both", "watch and take-over");
        }

        if (watches)
        {
            return Watch(act);
        }

        Attachment.RequireTerminal(act);
        return Attachment.To(act, act.RequireKnownState()!.Id);
    }

    // Xen allows one client on a console, everybody else reads its log.
    private static (ExitCode, string?) Watch(Act act)
    {
        var log = new LogView(act);
        act.Output.Say($"watching {act.Name}; Ctrl-C ends it");
        log.ShowLast(GateLimits.WatchedLines);
        return log.Follow();
    }
}
