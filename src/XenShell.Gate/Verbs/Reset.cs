using XenShell.Core;
using XenShell.Gate.Power;
using XenShell.Gate.Reimaging;

namespace XenShell.Gate.Verbs;

/// <summary>reset: power off and boot under one lock, so that nobody comes between.</summary>
internal static class Reset
{
    internal static (ExitCode, string?) Run(Act act)
    {
        long logOffset;
        using (act.Lock())
        {
            new GuestJobs(act).RequireDisksInPlace();
            var domain = act.RequireState();
            NextLife.Require(act, domain!);
            using var disks = Creation.RequireNobodyElse(act, domain);
            NextLife.RequireTurn(act, domain!);
            act.States.Forget();
            Creation.RequireStaying(act);
            if (Destruction.CutPower(act, domain!))
            {
                throw Act.Refusal(ExitCode.Busy, $"{act.Name}: it was moved to another host in this moment, and is not booted here; please tell the administrator", "its domain was last seen on its way");
            }

            logOffset = Creation.BeginAgain(act, disks);
        }

        return BootWatch.Of(act, logOffset, "was reset and is running");
    }
}
