using XenShell.Core;
using XenShell.Gate.Consoles;
using XenShell.Gate.Power;
using XenShell.Gate.Reimaging;

namespace XenShell.Gate.Verbs;

/// <summary>boot: hands the toolstack exactly the bytes that were judged.</summary>
internal static class Boot
{
    internal static (ExitCode, string?) Run(Act act)
    {
        var attaches = act.Request.Has("console");
        if (attaches)
        {
            Attachment.RequireOpen(act);
        }

        long logOffset;
        using (act.Lock())
        {
            new GuestJobs(act).RequireDisksInPlace();
            Creation.RequireGone(act, act.RequireState());
            using var disks = Creation.RequireNobodyElse(act);
            logOffset = Creation.Begin(act, disks);
        }

        return attaches
            ? Attachment.ToBoot(act, new BootWatch(act, logOffset))
            : BootWatch.Of(act, logOffset, "is running");
    }
}
