using XenShell.Core;
using XenShell.Core.Commands;

namespace XenShell.Gate.Verbs;

/// <summary>pause, unpause, sysreq: one call of the toolstack under the guest's lock.</summary>
internal static class SimpleVerbs
{
    internal static (ExitCode, string?) Pause(Act act) =>
        Do(act, () => act.Toolstack.Pause(act.Name), $"{act.Name} is paused; 'unpause {act.Name}' lets it go on");

    internal static (ExitCode, string?) Unpause(Act act) =>
        Do(act, () => act.Toolstack.Unpause(act.Name), $"{act.Name} is running");

    internal static (ExitCode, string?) Sysreq(Act act) =>
        Do(act, () => act.Toolstack.SendSysreq(act.Name, act.Request.Get(Arguments.Key)), $"sent '{act.Request.Get(Arguments.Key)}' to the kernel of {act.Name}");

    private static (ExitCode, string?) Do(Act act, Action call, string done)
    {
        using (act.Lock())
        {
            act.RequireState();
            call();
            act.States.Forget();
        }

        act.Output.Say(done);
        return (ExitCode.Done, null);
    }
}
