using System.Runtime.InteropServices;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Tenant;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Editing;
using XenShell.Tenant.Sessions;

namespace XenShell;

/// <summary>The interactive prompt, with the ancestor's habits: "xen-shell[web1]> ", a guest's name alone chooses it.</summary>
internal static class PromptLoop
{
    internal static ExitCode Run(Session session)
    {
        var isTerminal = Terminal.IsTerminal(Fd.Input) && Terminal.IsTerminal(Fd.Output);
        var code = isTerminal && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null)
            ? Edit(session)
            : ReadPlainly(session, showPrompt: isTerminal);
        if (session.Idle.IsUp)
        {
            Tell.Line(session.Idle.Farewell);
        }

        return code;
    }

    private static ExitCode Edit(Session session)
    {
        Tell.Line($"{session.Settings.Banner}; type 'help' for help");
        var history = History.Of(session);
        var editor = new LineEditor(history, new KnownWords(session.Commands, session.Guests.Names), session.Idle);
        session.Guests.StartLooking();
        var last = ExitCode.Done;
        while (editor.Read(() => Prompt(session), () => session.Guests.Pending, () => ChooseTheOnlyOne(session)) is { } line)
        {
            history.Add(line.Trim());
            if (Perform(session, line, ref last))
            {
                break;
            }
        }

        history.Save();
        return last;
    }

    private static ExitCode ReadPlainly(Session session, bool showPrompt)
    {
        var reader = new PlainReader(session.Idle);
        using var wakeup = showPrompt ? new Wakeup(PosixSignal.SIGINT) : null;
        var last = ExitCode.Done;
        while (true)
        {
            if (showPrompt)
            {
                wakeup!.Clear(); // a Ctrl-C was for the command before
                Tell.Raw(Prompt(session));
            }

            if (reader.Read(wakeup) is not { } line || Perform(session, line, ref last))
            {
                return last;
            }
        }
    }

    private static string Prompt(Session session) => session.Chosen is { } guest ? $"xen-shell[{guest}]> " : "xen-shell> ";

    private static void ChooseTheOnlyOne(Session session)
    {
        if (session.Guests.Names() is [var only])
        {
            session.Chosen ??= GuestName.Parse(only);
        }
    }

    /// <returns>True when the user wants to leave.</returns>
    private static bool Perform(Session session, string line, ref ExitCode last)
    {
        if (line.AsSpan().Trim().IsEmpty)
        {
            return false;
        }

        var code = LineRunner.Run(session, line, () =>
        {
            var words = CommandLine.Split(line.Trim(), session.Commands);
            if (words is [var word] && session.Commands.Find(word) is null && GuestName.TryParse(word, out var guest) && session.Guests.Has(guest))
            {
                return session.Choose(word);
            }

            return Dispatcher.Run(session, CommandLine.Parse(words, session.Commands));
        });
        last = session.IsLeft ? last : code; // leaving keeps the exit code of what was done last
        return session.IsLeft;
    }
}
