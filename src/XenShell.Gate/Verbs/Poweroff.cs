using XenShell.Core;
using XenShell.Gate.Power;

namespace XenShell.Gate.Verbs;

/// <summary>poweroff: the domain is destroyed, and gone when this returns.</summary>
internal static class Poweroff
{
    internal static (ExitCode, string?) Run(Act act)
    {
        using (act.Lock())
        {
            Destruction.CutPower(act, act.RequireState()!);
        }

        act.Output.Say($"{act.Name} is off");
        return (ExitCode.Done, "off");
    }
}
