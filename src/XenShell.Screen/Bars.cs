using XenShell.Core.Commands;
using XenShell.Screen.Actions;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;
using XenShell.Tenant.Sessions;

namespace XenShell.Screen;

/// <summary>The line above the page and the two below it: whose session this is, what was said, and which keys there are.</summary>
internal sealed class Bars(Session session, WatchedGuests guests, GuestList list, ActionList actions, PaneStack panes)
{
    internal void Draw(Canvas canvas)
    {
        canvas.Fill(0, Style.Bar);
        var running = guests.All.Count(guest => guest.Guest.State == "running");
        var left = $" {session.Settings.Banner}  {session.Account.Name}";
        var right = guests.Trouble ?? (guests.IsKnown ? $"{running} of {guests.All.Count} running" : "");
        right += list.Filter.Length > 0 ? $"  /{list.Filter}" : "";
        right += list.Order != GuestOrder.Name ? $"  by {list.Order.ToString().ToLowerInvariant()}" : "";
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

        var commands = list.Selected is { } guest
            ? OpenCommands.For(guest, session.Commands).Where(command => command != KnownCommands.Info || top is DashboardPage)
            : [];
        KeyHint[] always = [new("F1", "help"), new("q", "leave"), new(":", "command")];
        return [.. always, .. commands.Select(command => new KeyHint(command.ScreenKey.ToString()!, command.Name)), .. top.Hints];
    }
}
