using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Guests;
using XenShell.Core.Native;

namespace XenShell.Prompt;

/// <summary>The interactive prompt, with the ancestor's habits: "xen-shell[web1]> ", a guest's name alone chooses it.</summary>
internal static class PromptLoop
{
    internal static ExitCode Run(Session session)
    {
        var isTerminal = Terminal.IsTerminal(Fd.Input) && Terminal.IsTerminal(Fd.Output);
        return isTerminal && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null)
            ? Edit(session)
            : ReadPlainly(session, showPrompt: isTerminal);
    }

    private static ExitCode Edit(Session session)
    {
        Tell.Line($"{session.Settings.Banner}; type 'help' for help");
        var history = new History($"{(session.Layout.IsDemo ? session.Layout.Root : session.Account.Home)}/{session.Settings.History}");
        var editor = new LineEditor(history, session.Guests.Names);
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
        var reader = new PlainReader();
        var last = ExitCode.Done;
        while (true)
        {
            if (showPrompt)
            {
                Tell.Raw(Prompt(session));
            }

            if (reader.Read() is not { } line || Perform(session, line, ref last))
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
        try
        {
            var words = CommandLine.Split(line.Trim());
            if (words.Count == 0)
            {
                return false;
            }

            if (words.Count == 1 && CommandTable.Find(words[0]) is null && session.Guests.Names().Contains(words[0]))
            {
                last = session.Choose(words[0]);
                return false;
            }

            var invocation = CommandLine.Parse(words);
            if (invocation.Command.Name == "exit")
            {
                return true;
            }

            last = Dispatcher.Run(session, invocation);
        }
        catch (UsageException e)
        {
            Tell.Error(e.Message);
            session.Gate.RecordRefusal(line);
            last = ExitCode.Usage;
        }

        return false;
    }
}
