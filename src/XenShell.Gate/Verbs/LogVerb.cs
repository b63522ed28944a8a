using XenShell.Core;
using XenShell.Core.Limits;
using XenShell.Gate.Consoles;

namespace XenShell.Gate.Verbs;

/// <summary>The last lines of the guest's console log, and more as they come.</summary>
internal static class LogVerb
{
    internal static (ExitCode, string?) Run(Act act)
    {
        var log = new LogView(act);
        log.ShowLast(act.Request.Number("lines") ?? Sizes.UsualLogLines);
        return act.Request.Has("follow") ? log.Follow()
            : act.Output.IsHeard ? (ExitCode.Done, null)
            : throw Act.Refusal(ExitCode.Failed, $"{act.Name}: the log is cut short, as nobody read it", "not read to its end");
    }
}
