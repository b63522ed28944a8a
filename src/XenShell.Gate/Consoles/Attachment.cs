using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Gate.Power;

namespace XenShell.Gate.Consoles;

/// <summary>Who may sit down at a guest's console, and does.</summary>
internal static class Attachment
{
    /// <summary>To a guest that is there.</summary>
    internal static (ExitCode, string?) To(Act act, int domainId) => Attach(act, act.Request, domainId, boot: null);

    /// <summary>Refuses a boot whose console would be refused.</summary>
    internal static void RequireOpen(Act act)
    {
        RequireTerminal(act);
        act.Policy.Decide(act.Caller, ConsoleOf(act));
    }

    /// <summary>To a guest that has just been created; when it dies in its first seconds, the boot has failed.</summary>
    internal static (ExitCode, string?) ToBoot(Act act, BootWatch boot)
    {
        var domain = act.States.Of(act.Name) ?? throw boot.Died();
        act.Output.Say($"{act.Name} is booting");
        return Attach(act, ConsoleOf(act), domain.Id, boot);
    }

    internal static void RequireTerminal(Act act)
    {
        if (!Terminal.IsTerminal(act.Input.Standard))
        {
            throw Act.Refusal(ExitCode.Usage, "console needs a terminal; try: ssh -t", "no terminal");
        }
    }

    private static (ExitCode, string?) Attach(Act act, Invocation request, int domainId, BootWatch? boot)
    {
        using var seat = ConsoleSeat.Take(act.Layout, act.Name, act.Caller.Account.Name, request.Has("take-over"))
            ?? throw Act.Refusal(ExitCode.Busy, InUse(act), "console in use");
        using var session = new ConsoleSession(act, seat, new PolicyWatch(act, request), boot);
        return session.Run(domainId);
    }

    private static Invocation ConsoleOf(Act act) => new(KnownCommands.Console) { Guest = act.Name };

    private static string InUse(Act act)
    {
        var who = ConsoleSeat.Holder(act.Layout, act.Name) is { } holder
            ? $"by {holder.User} since {UtcTime.Of(holder.Since)}"
            : "by somebody";
        return $"{act.Name}: the console is in use {who}; 'console {act.Name} --watch' looks on, 'console {act.Name} --take-over' takes it";
    }
}
