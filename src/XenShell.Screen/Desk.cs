using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Locks;
using XenShell.Core.Reports;
using XenShell.Screen.Actions;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Sessions;

using Key = Terminal.Gui.Input.Key;

namespace XenShell.Screen;

/// <summary>
/// What is on the screen and what the keys do: pages on top of each other, a bar of text above and below.
/// </summary>
internal sealed class Desk
{
    private readonly Session session;
    private readonly WatchedGuests guests;
    private readonly ActionList actions;
    private readonly PaneStack panes = new();
    private readonly ScreenCommands commands;
    private readonly Bars bars;
    private bool hasLooked;
    private Message? lost; // the one that says so, while it is true

    /// <param name="attach">Lends the terminal to a console.</param>
    internal Desk(Session session, EventLoop loop, WatchedGuests guests, ActionList actions, Func<Invocation, ExitCode> attach)
    {
        (this.session, this.guests, this.actions) = (session, guests, actions);
        List = new GuestList(guests);
        commands = new ScreenCommands(session, loop, guests, List, actions, panes, attach);
        bars = new Bars(session, guests, List, actions, panes);
        panes.Push(new DashboardPage(guests, List, _ => commands.Open()));
    }

    internal GuestList List { get; }

    /// <summary>The user wants to leave.</summary>
    internal bool IsLeft => commands.IsLeft;

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
        actions.Notice(RefusedFilesText.OfGuests(report.RefusedFiles));
        if (!hasLooked && report.Guests.Count == 1)
        {
            commands.Open(); // one guest: there is nothing to choose
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

        bars.Draw(canvas);
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
            commands.ShowHelp(null);
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
                commands.Leave();
                break;
            case ':':
                commands.TypeCommand();
                break;
            case '/' when panes.Top is TextPage page:
                commands.TypeSearch(page);
                break;
            case '/':
                commands.TypeFilter();
                break;
            case '?':
                commands.ShowHelp(null);
                break;
            case 'm' when actions.Last is { } last:
                actions.Clear();
                panes.Push(new TextPage(last.Line, () => last.Said));
                break;
            default:
                if (session.Commands.ForPeople.FirstOrDefault(command => command.ScreenKey == character) is { } command)
                {
                    commands.Choose(command);
                }

                break;
        }
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
            panes.Close();
        }
        else if (List.Filter.Length > 0)
        {
            List.FilterBy("");
        }
    }

    /// <summary>The session is over: puts every page away, with what feeds it.</summary>
    internal void End()
    {
        panes.CloseAll();
        commands.Save();
    }
}
