using Command = XenShell.Core.Commands.Command;
using Key = Terminal.Gui.Input.Key;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Reports;
using XenShell.Prompt;
using XenShell.Screen.Actions;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;

namespace XenShell.Screen;

/// <summary>
/// What is on the screen and what the keys do: pages on top of each other, a bar of text above and below.
/// All that is done goes through the command table, by key, by menu or by the command line.
/// </summary>
internal sealed class Desk
{
    private readonly Session session;
    private readonly EventLoop loop;
    private readonly WatchedGuests guests;
    private readonly ActionList actions;
    private readonly Func<Invocation, ExitCode> attach;
    private readonly PaneStack panes = new();
    private readonly History history;
    private bool hasLooked;
    private Message? lost; // the one that says so, while it is true

    /// <param name="attach">Lends the terminal to a console.</param>
    internal Desk(Session session, EventLoop loop, WatchedGuests guests, ActionList actions, Func<Invocation, ExitCode> attach)
    {
        (this.session, this.loop, this.guests, this.actions, this.attach) = (session, loop, guests, actions, attach);
        List = new GuestList(guests);
        history = History.Of(session);
        panes.Push(new DashboardPage(guests, List, _ => Open()));
    }

    internal GuestList List { get; }

    /// <summary>The user wants to leave.</summary>
    internal bool IsLeft { get; private set; }

    /// <summary>There was a look.</summary>
    internal void Update(WatchReport report)
    {
        guests.Update(report with { Guests = [.. report.Guests.Select(WithOwnWork)] });
        List.Refresh();
        if (lost is not null && ReferenceEquals(actions.Message, lost))
        {
            actions.Clear();
        }

        lost = null;
        actions.Notice(GuestTable.RefusedFiles(report.RefusedFiles));
        if (!hasLooked && report.Guests.Count == 1)
        {
            Open(); // one guest: there is nothing to choose
        }

        hasLooked = true;
    }

    // While a shutdown or reboot only waits, the guest is free for others, and the gate says nothing of it.
    private WatchedGuest WithOwnWork(WatchedGuest guest) =>
        guest.Busy is null && actions.On(guest.Guest.Name) is { } action
            ? guest with { Busy = new LockHolder(session.Account.Name, action.Invocation!.Command.Name, action.Started) }
            : guest;

    /// <summary>There will be no looks for a while.</summary>
    internal void Lose(ExitCode code)
    {
        actions.Say(
            code == ExitCode.NotAllowed ? "the states of guests are not shown on this host; ':' still takes commands" : "nothing new can be shown; trying again",
            Style.Bad);
        lost = actions.Message;
    }

    internal Canvas Draw(int columns, int rows)
    {
        var canvas = new Canvas(columns, rows);
        foreach (var pane in panes.Visible)
        {
            pane.Draw(canvas, 1, Math.Max(0, rows - 3));
        }

        DrawBars(canvas);
        if (panes.Top is LineBar bar)
        {
            bar.Draw(canvas, 1, Math.Max(0, rows - 3)); // stands where messages do
        }

        return canvas;
    }

    internal void Press(Key key)
    {
        if (panes.Top.Press(key))
        {
            return;
        }

        if (key == Key.Esc)
        {
            GoBack();
        }
        else if (key == Key.F1)
        {
            ShowHelp(null);
        }
        else if (key.IsControl('c'))
        {
            if (!actions.Cancel())
            {
                actions.Say("'q' leaves");
            }
        }
        else if (key.Character() is { } character)
        {
            PressCharacter(character);
        }
    }

    /// <summary>Text that was pasted: for a line that is being typed, and never keys.</summary>
    internal void Paste(string text)
    {
        if (panes.Top is LineBar bar)
        {
            bar.Paste(text);
        }
        else
        {
            actions.Say("what is pasted is not taken as keys; ':' opens the command line");
        }
    }

    private void PressCharacter(char character)
    {
        switch (character)
        {
            case 'q':
                Leave();
                break;
            case ':':
                TypeCommand("");
                break;
            case '/' when panes.Top is TextPage page:
                TypeSearch(page);
                break;
            case '/':
                TypeFilter();
                break;
            case '?':
                ShowHelp(null);
                break;
            case 'm' when actions.Last is { } last:
                actions.Clear();
                panes.Push(new TextPage(last.Line, () => last.Said));
                break;
            default:
                if (CommandTable.ForPeople.FirstOrDefault(command => command.ScreenKey == character) is { } command)
                {
                    Choose(command);
                }

                break;
        }
    }

    private void Leave()
    {
        if (!actions.IsRunning)
        {
            IsLeft = true;
            return;
        }

        Ask("Leave?", $"A command is under way: {actions.Progress()}. It goes on by itself; what comes of it is not shown.", () => IsLeft = true);
    }

    // A text is read before a message; then Esc puts away what was said, the page, the filter.
    private void GoBack()
    {
        if (actions.Message is not null && panes.Top is not TextPage)
        {
            actions.Clear();
        }
        else if (panes.Count > 1)
        {
            Close();
        }
        else if (List.Filter.Length > 0)
        {
            List.FilterBy("");
        }
    }

    private void Close() => panes.Close();

    /// <summary>The session is over: puts every page away, with what feeds it.</summary>
    internal void End()
    {
        panes.CloseAll();
        history.Save();
    }


    private void Open() => panes.Push(new DetailsPage(guests, List, guest => [.. OpenCommands.For(guest).Where(command => command.Name != "info")], Choose));

    /// <summary>A command by its key or from the menu, about the selected guest.</summary>
    private void Choose(Command command)
    {
        if (List.Selected is not { } guest)
        {
            return;
        }

        if (!OpenCommands.IsOpen(command, guest))
        {
            actions.Say(OpenCommands.WhyNot(command, guest));
        }
        else if (command.TakesKey)
        {
            TypeCommand($"{command.Name} {guest.Guest.Name} ");
        }
        else if (command.IsAskedAbout)
        {
            Ask($"{command.Name} {guest.Guest.Name}?", command.Help, () => Do(new Invocation(command) { Guest = GuestName.Parse(guest.Guest.Name) }));
        }
        else
        {
            Do(new Invocation(command) { Guest = GuestName.Parse(guest.Guest.Name) });
        }
    }

    private void Ask(string question, string consequence, Action yes) =>
        panes.Push(new ConfirmBox(question, consequence, Closing<bool>(isYes =>
        {
            if (isYes)
            {
                yes();
            }
        })));

    private void TypeFilter() => Type("/", List.Filter, _ => { }, List.FilterBy, () => List.FilterBy(""));

    private void TypeSearch(TextPage page) => Type("/", "", page.Search);

    private void TypeCommand(string text)
    {
        var line = new EditedLine(history, before => Completer.Candidates(before, () => [.. guests.All.Select(guest => guest.Guest.Name)]));
        line.Begin(text);
        panes.Push(new LineBar(":", line, Execute, Close));
    }

    private void Type(string prompt, string text, Action<string> accept, Action<string>? changed = null, Action? giveUp = null)
    {
        var line = new EditedLine(history: null, candidates: null);
        line.Begin(text);
        panes.Push(new LineBar(prompt, line, Closing(accept), () => Closing<string>(_ => giveUp?.Invoke())("")) { Changed = changed ?? (_ => { }) });
    }

    private Action<T> Closing<T>(Action<T> then) => value =>
    {
        Close();
        then(value);
    };

    /// <summary>A line from the command line: what the prompt would take.</summary>
    private void Execute(string line)
    {
        Close();
        line = line.Trim();
        if (line.Length == 0)
        {
            return;
        }

        history.Add(line);
        try
        {
            var words = CommandLine.Split(line);
            if (words is [var word] && CommandTable.Find(word) is null && List.Select(word))
            {
                return;
            }

            var invocation = CommandLine.Parse(words);
            Do(invocation.Guest is null && invocation.Command.Guest == GuestArgument.One && List.Selected is { } guest
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
        switch (invocation.Command.Name)
        {
            case "exit":
                Leave();
                break;
            case "help" when session.MayUse(invocation.Command):
                ShowHelp(invocation.Topic);
                break;
            case "control" when invocation.Guest is { } guest && session.MayUse(invocation.Command):
                if (!List.Select(guest.Text))
                {
                    var info = new Invocation(CommandTable.Find("info")!) { Guest = guest };
                    actions.Start(info.Line, info); // says that there is no such guest, and is recorded
                }

                break;
            case "info" when !invocation.Has("json") && invocation.Guest is { } guest && List.Select(guest.Text):
                Open();
                break;
            case "log" when !invocation.Has("json"):
                var log = invocation with { Options = new Dictionary<string, int?> { ["follow"] = null, ["lines"] = invocation.Number("lines") ?? 1000 } };
                Read($"console log of {invocation.Guest}", log, follows: true);
                break;
            case "console" when !invocation.Has("watch"):
            case "boot" when invocation.Has("console"):
                attach(invocation);
                break;
            case var _ when invocation.Command.IsQuery || invocation.Has("watch"):
                Read(invocation.Line, invocation, follows: invocation.Has("watch"));
                break;
            default:
                actions.Start(invocation.Line, invocation);
                break;
        }
    }

    private void Read(string title, Invocation query, bool follows)
    {
        if (panes.IsFull)
        {
            actions.Say("too many pages lie on each other; Esc closes this one");
            return;
        }

        panes.Push(new AnswerPage(title, new GuestAction(session.Layout, query.Line, query), loop) { IsFollowed = follows });
    }

    private void ShowHelp(Command? topic) => panes.Push(new HelpPage(session, topic));

    private void DrawBars(Canvas canvas)
    {
        canvas.Fill(0, Style.Bar);
        var running = guests.All.Count(guest => guest.Guest.State == "running");
        var left = $" {session.Settings.Banner}  {session.Account.Name}";
        var right = guests.Trouble ?? (guests.IsKnown ? $"{running} of {guests.All.Count} running" : "");
        right += List.Filter.Length > 0 ? $"  /{List.Filter}" : "";
        right += List.Order != GuestOrder.Name ? $"  by {List.Order.ToString().ToLowerInvariant()}" : "";
        canvas.Put(0, 0, left, Style.Bar);
        canvas.Put(0, Math.Max(left.Length + 2, canvas.Columns - right.Length - 1), right, Style.Bar);

        if (actions.IsRunning)
        {
            canvas.Put(canvas.Rows - 2, 0, actions.Progress(), Style.Warning);
        }
        else if (actions.Message is { } message)
        {
            canvas.Put(canvas.Rows - 2, 0, message.Fitted(canvas.Columns), message.Style);
        }

        canvas.Fill(canvas.Rows - 1, Style.Bar);
        var column = 1;
        foreach (var (key, word) in Hints())
        {
            if (column + key.Length + word.Length + 1 < canvas.Columns)
            {
                column = canvas.Put(canvas.Rows - 1, canvas.Put(canvas.Rows - 1, column, key, Style.Selected), $" {word}  ", Style.Bar);
            }
        }
    }

    private IEnumerable<KeyHint> Hints()
    {
        var top = panes.Top;
        if (top is not (DashboardPage or DetailsPage))
        {
            return top.Hints;
        }

        var commands = List.Selected is { } guest
            ? OpenCommands.For(guest).Where(command => command.Name != "info" || top is DashboardPage)
            : [];
        KeyHint[] always = [new("F1", "help"), new("q", "leave"), new(":", "command")];
        return [.. always, .. commands.Select(command => new KeyHint(command.ScreenKey.ToString()!, command.Name)), .. top.Hints];
    }
}
