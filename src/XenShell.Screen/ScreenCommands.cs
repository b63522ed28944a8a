using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Names;
using XenShell.Screen.Actions;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;
using XenShell.Tenant.Editing;
using XenShell.Tenant.Sessions;

namespace XenShell.Screen;

/// <summary>
/// Commands by key, from the menu and from the command line. All of them go through the command table; what the screen
/// shows by itself it shows, and all else is done by the program that one-shot commands run.
/// </summary>
internal sealed class ScreenCommands
{
    private readonly Session session;
    private readonly EventLoop loop;
    private readonly WatchedGuests guests;
    private readonly GuestList list;
    private readonly ActionList actions;
    private readonly PaneStack panes;
    private readonly Dialogs dialogs;
    private readonly Func<Invocation, ExitCode> attach;
    private readonly History history;
    private readonly Dictionary<string, Func<Invocation, bool>> here; // what the screen shows by itself, where it can

    /// <param name="attach">Lends the terminal to a console.</param>
    internal ScreenCommands(Session session, EventLoop loop, WatchedGuests guests, GuestList list, ActionList actions, PaneStack panes, Func<Invocation, ExitCode> attach)
    {
        (this.session, this.loop, this.guests, this.list, this.actions, this.panes, this.attach) = (session, loop, guests, list, actions, panes, attach);
        history = History.Of(session);
        dialogs = new Dialogs(panes, list, new KnownWords(session.Commands, () => [.. guests.All.Select(guest => guest.Guest.Name)]), history);
        here = new(StringComparer.Ordinal)
        {
            [KnownCommands.Exit.Name] = _ => Leave(),
            [KnownCommands.Help.Name] = TryShowHelp,
            [KnownCommands.Control.Name] = TrySelect,
            [KnownCommands.Info.Name] = TryShowDetails,
            [KnownCommands.Log.Name] = TryShowLog,
        };
    }

    /// <summary>The user wants to leave.</summary>
    internal bool IsLeft { get; private set; }

    /// <summary>Keeps what was typed.</summary>
    internal void Save() => history.Save();

    internal void TypeFilter() => dialogs.TypeFilter();

    internal void TypeSearch(TextPage page) => dialogs.TypeSearch(page);

    internal void TypeCommand(string text = "") => dialogs.TypeCommand(text, Execute);

    /// <summary>A command by its key or from the menu, about the selected guest.</summary>
    internal void Choose(Command command)
    {
        if (list.Selected is not { } guest)
        {
            return;
        }

        if (!OpenCommands.IsOpen(command, guest))
        {
            actions.Say(OpenCommands.WhyNot(command, guest));
        }
        else if (command.Arguments.Any(argument => !argument.IsOptional))
        {
            TypeCommand($"{command.Name} {guest.Guest.Name} ");
        }
        else if (command.IsAskedAbout)
        {
            dialogs.Ask($"{command.Name} {guest.Guest.Name}?", command.Help, () => Do(new Invocation(command) { Guest = GuestName.Parse(guest.Guest.Name) }));
        }
        else
        {
            Do(new Invocation(command) { Guest = GuestName.Parse(guest.Guest.Name) });
        }
    }

    /// <summary>A line from the command line: what the prompt would take.</summary>
    private void Execute(string line)
    {
        line = line.Trim();
        if (line.Length == 0)
        {
            return;
        }

        history.Add(line);
        try
        {
            var words = CommandLine.Split(line, session.Commands);
            if (words is [var word] && session.Commands.Find(word) is null && list.Select(word))
            {
                return;
            }

            var invocation = CommandLine.Parse(words, session.Commands);
            Do(invocation.Guest is null && invocation.Command.Guest == GuestArgument.One && list.Selected is { } guest
                ? invocation with { Guest = GuestName.Parse(guest.Guest.Name) }
                : invocation);
        }
        catch (UsageException)
        {
            actions.Start(line, null); // refused and recorded there, as every line is
        }
    }

    private void Do(Invocation invocation)
    {
        if (here.TryGetValue(invocation.Command.Name, out var tryDo) && tryDo(invocation))
        {
            return;
        }

        var isFollowed = invocation.Answer == Answer.Followed;
        if (invocation.Answer == Answer.Console)
        {
            attach(invocation);
        }
        else if (isFollowed || invocation is { OnlyLooks: true, Command.IsForSessions: false })
        {
            Read(invocation.Line, invocation, isFollowed);
        }
        else
        {
            actions.Start(invocation.Line, invocation);
        }
    }

    private bool TrySelect(Invocation invocation)
    {
        if (invocation.Guest is not { } guest || !session.MayUse(invocation.Command))
        {
            return false;
        }

        if (!list.Select(guest.Text))
        {
            var info = new Invocation(KnownCommands.Info) { Guest = guest };
            actions.Start(info.Line, info); // says that there is no such guest, and is recorded
        }

        return true;
    }

    private bool TryShowDetails(Invocation invocation)
    {
        var isHere = !invocation.Has("json") && invocation.Guest is { } guest && list.Select(guest.Text);
        if (isHere)
        {
            Open();
        }

        return isHere;
    }

    private bool TryShowLog(Invocation invocation)
    {
        if (invocation.Has("json"))
        {
            return false;
        }

        var log = invocation.With("follow").With("lines", invocation.Number("lines") ?? ScreenLimits.LogLines);
        Read($"console log of {invocation.Guest}", log, follows: true);
        return true;
    }

    private bool TryShowHelp(Invocation invocation)
    {
        if (!session.MayUse(invocation.Command))
        {
            return false;
        }

        ShowHelp(invocation.Has(Arguments.Topic) ? invocation.Get(Arguments.Topic) : null);
        return true;
    }

    private void Read(string title, Invocation query, bool follows)
    {
        if (panes.IsFull)
        {
            actions.Say("too many pages lie on each other; Esc closes this one");
            return;
        }

        panes.Push(new AnswerPage(title, new GuestAction(session.Layout, query.Line, query), loop, query.Answer == Answer.Document) { IsFollowed = follows });
    }

    internal bool Leave()
    {
        if (actions.IsRunning)
        {
            dialogs.Ask("Leave?", $"A command is under way: {actions.Progress()}. It goes on by itself; what comes of it is not shown.", () => IsLeft = true);
        }
        else
        {
            IsLeft = true;
        }

        return true;
    }

    internal void Open() => panes.Push(new DetailsPage(guests, list, guest => [.. OpenCommands.For(guest, session.Commands).Where(command => command != KnownCommands.Info)], Choose));

    internal void ShowHelp(Command? topic) => panes.Push(new HelpPage(session, topic));
}
