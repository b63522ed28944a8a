using System.Runtime.InteropServices;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Grants;
using XenShell.Core.Native;
using XenShell.Tenant.Editing;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Dispatch;

/// <summary>
/// Asks whoever sits at a terminal before something is destroyed: what will happen stands there first, and then the guest's
/// name has to be typed. What was typed before the question does not count.
/// </summary>
internal static class Question
{
    private const string Reason = "reason";

    internal static bool CanBeAsked => Terminal.IsTerminal(Fd.Input) && Terminal.IsTerminal(Fd.Output);

    /// <param name="invocation">With its guest's name.</param>
    internal static ExitCode AskAndRun(Session session, Invocation invocation)
    {
        if (!invocation.Has(Reason) && invocation.Command.Options.Any(option => option.Name == Reason) && session.Guests.Role(invocation.Guest!) == RoleRights.Word(Role.Support))
        {
            if (Ask(session, $"{invocation.Guest} is not yours. Why, for its owner to read? ") is not { Length: > 0 } reason)
            {
                return Leave();
            }

            invocation = CommandLine.Parse([.. CommandLine.Split(invocation.Line, session.Commands), $"--{Reason}={reason}"], session.Commands);
        }

        var code = session.Gate.Run(invocation.With(Confirmation.Plan));
        if (code != ExitCode.Done)
        {
            return code;
        }

        return Ask(session, $"Type {invocation.Guest} to do it, or Enter to leave it: ") == invocation.Guest!.Text
            ? session.Gate.Run(invocation.With(Confirmation.Option, invocation.Guest))
            : Leave();
    }

    private static string? Ask(Session session, string question)
    {
        using var wakeup = new Wakeup(PosixSignal.SIGINT);
        Tell.Raw(question);
        Terminal.DropInput(Fd.Input);
        return new PlainReader(session.Idle).Read(wakeup)?.Trim();
    }

    private static ExitCode Leave()
    {
        Tell.Error("nothing was done");
        return ExitCode.Failed;
    }
}
