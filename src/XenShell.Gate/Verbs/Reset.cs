using XenShell.Core;

namespace XenShell.Gate.Verbs;

/// <summary>reset: power off and boot under one lock, so that nobody comes between.</summary>
internal static class Reset
{
    internal static (ExitCode, string?) Run(Act act)
    {
        long logOffset;
        using (act.Lock())
        {
            act.RequireState();
            Poweroff.Destroy(act);
            logOffset = Boot.Create(act);
        }

        return Boot.Watch(act, logOffset, "was reset and is running");
    }
}
