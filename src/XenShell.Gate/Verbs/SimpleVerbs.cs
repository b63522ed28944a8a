using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Domains;

namespace XenShell.Gate.Verbs;

/// <summary>pause, unpause, sysreq: one call of the toolstack under the guest's lock.</summary>
internal static class SimpleVerbs
{
    internal static (ExitCode, string?) Pause(Act act) => Do(act, domain =>
    {
        // paused before it ever ran, it could not be told from one that is being restored
        if (domain is { CpuSeconds: 0 })
        {
            throw Act.Refusal(ExitCode.WrongState, $"{act.Name} is just starting; try again in a moment", "wrong state: it has not run yet");
        }

        act.Toolstack.Pause(act.Name);
    }, $"{act.Name} is paused; 'unpause {act.Name}' lets it go on");

    internal static (ExitCode, string?) Unpause(Act act) =>
        Do(act, _ => act.Toolstack.Unpause(act.Name), $"{act.Name} is running");

    internal static (ExitCode, string?) Sysreq(Act act) =>
        Do(act, _ => act.Toolstack.SendSysreq(act.Name, act.Request.Get(Arguments.Key)), $"sent '{act.Request.Get(Arguments.Key)}' to the kernel of {act.Name}");

    private static (ExitCode, string?) Do(Act act, Action<Domain?> call, string done)
    {
        using (act.Lock())
        {
            call(act.RequireState());
            act.States.Forget();
        }

        act.Output.Say(done);
        return (ExitCode.Done, null);
    }
}
