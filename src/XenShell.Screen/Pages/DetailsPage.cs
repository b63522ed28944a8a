using System.Globalization;
using XenShell.Core.Printing;
using XenShell.Core.Reports;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;
using XenShell.Tenant.Dispatch;

using Command = XenShell.Core.Commands.Command;
using Key = Terminal.Gui.Input.Key;

namespace XenShell.Screen.Pages;

/// <summary>One guest: what is known of it, what it used lately, and the menu of what can be done with it.</summary>
/// <param name="open">The commands that are open for a guest now.</param>
/// <param name="choose">Does one.</param>
internal sealed class DetailsPage(WatchedGuests guests, GuestList list, Func<WatchedGuest, IReadOnlyList<Command>> open, Action<Command> choose) : Pane
{
    private const int LabelWidth = 12;
    private int chosen;

    internal override IEnumerable<KeyHint> Hints => [new("↑↓ Enter", "choose")];

    internal override void Draw(Canvas canvas, int top, int rows)
    {
        if (list.Selected is not { } guest)
        {
            canvas.Put(top + 1, 2, guests.IsKnown ? "this guest is no longer yours to see" : "looking …");
            return;
        }

        var state = StateMark.Of(guest);
        var row = top;
        canvas.Put(row, canvas.Put(row, 0, guest.Guest.Name, Style.Bold) + 2, state.Text, state.Style);
        row++;
        foreach (var (label, value) in Facts(guest))
        {
            canvas.Put(row, 0, label, Style.Dim);
            canvas.Put(row++, LabelWidth, value);
        }

        var commands = open(guest);
        var menuRows = Math.Min(commands.Count, Math.Max(3, rows - (row - top) - 1));
        var graphRows = rows - (row - top) - menuRows - 2;
        if (graphRows > 0)
        {
            DrawGraphs(canvas, ++row, Math.Min(graphRows, 5), guests.History(guest));
        }

        DrawMenu(canvas, top + rows - menuRows, menuRows, commands);
    }

    internal override bool Press(Key key)
    {
        var commands = list.Selected is { } guest ? open(guest) : [];
        if (key == Key.CursorUp || key == Key.CursorDown)
        {
            chosen = Math.Clamp(chosen + (key == Key.CursorUp ? -1 : 1), 0, Math.Max(0, commands.Count - 1));
            return true;
        }

        if (key == Key.Enter && chosen < commands.Count)
        {
            choose(commands[chosen]);
            return true;
        }

        return false;
    }

    private static IEnumerable<(string, string)> Facts(WatchedGuest guest)
    {
        var now = guest.Guest;
        yield return ("up", now.UptimeSeconds is { } seconds ? GuestTable.Uptime(seconds) : "-");
        yield return ("memory", now.Vcpus is { } vcpus ? $"{Figures.Memory(guest)}, {vcpus} vcpu{(vcpus == 1 ? "" : "s")}" : Figures.Memory(guest));
        yield return ("address", guest.Addresses is { Count: > 0 } addresses ? string.Join(' ', addresses) : "-");
        yield return ("console", now.Console is { } holder ? $"{holder.User} since {UtcTime.Of(holder.Since)}" : "free");
        yield return ("at work", guest.Busy is { } busy ? $"{busy.User}: {busy.Verb}, since {UtcTime.Of(busy.Since)}" : "nobody");
        yield return ("you are", guest.Owners is { Count: > 0 } owners ? $"{now.Role}; it belongs to {string.Join(", ", owners)}" : now.Role);
    }

    private static void DrawGraphs(Canvas canvas, int row, int rows, GuestHistory history)
    {
        var width = Math.Min(GuestHistory.Length, canvas.Columns - LabelWidth - 8);
        (string Label, string Value, Series Series, double Full)[] graphs =
        [
            ("cpu", Figures.Percent(history.Cpu.Last), history.Cpu, 100),
            ("net in", Figures.Rate(history.NetIn.Last), history.NetIn, 100),
            ("net out", Figures.Rate(history.NetOut.Last), history.NetOut, 100),
            ("disk read", Figures.Rate(history.DiskRead.Last), history.DiskRead, 100),
            ("disk write", Figures.Rate(history.DiskWritten.Last), history.DiskWritten, 100),
        ];
        foreach (var (label, value, series, full) in graphs.Take(rows))
        {
            canvas.Put(row, 0, label, Style.Dim);
            canvas.Put(row, LabelWidth, value.PadLeft(5));
            canvas.Put(row++, LabelWidth + 7, series.Graph(Math.Max(0, width), full), Style.Graph);
        }
    }

    private void DrawMenu(Canvas canvas, int row, int rows, IReadOnlyList<Command> commands)
    {
        chosen = Math.Clamp(chosen, 0, Math.Max(0, commands.Count - 1));
        var first = Math.Max(0, chosen - rows + 1);
        for (var i = 0; i < rows && first + i < commands.Count; i++)
        {
            var command = commands[first + i];
            var text = string.Create(CultureInfo.InvariantCulture, $" {command.ScreenKey}  {command.Name,-10} {command.Summary}");
            canvas.Put(row + i, 0, text.PadRight(Math.Min(canvas.Columns, 66)), first + i == chosen ? Style.Selected : Style.Plain);
        }
    }
}
