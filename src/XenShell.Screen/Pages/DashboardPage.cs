using Terminal.Gui.Input;
using XenShell.Core.Printing;
using XenShell.Core.Reports;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;

namespace XenShell.Screen.Pages;

/// <summary>The guests in a table, for staff under their owners.</summary>
internal sealed class DashboardPage(WatchedGuests guests, GuestList list, Action<WatchedGuest> open) : Pane
{
    private const int LeastForSummary = 8;

    private int first; // line of the table at the top of the page
    private int height = 1;

    internal override IEnumerable<KeyHint> Hints => [new("/", "filter"), new("o", "order")];

    internal override void Draw(Canvas canvas, int top, int rows)
    {
        var columns = GuestColumns.For(canvas.Columns, guests);
        canvas.Put(top, 0, string.Concat(columns.Select(column => column.Fitted(column.Heading))), Style.Dim);
        var hasSummary = rows >= LeastForSummary;
        height = Math.Max(1, rows - (hasSummary ? 2 : 1));
        if (hasSummary && list.Selected is { } selected)
        {
            canvas.Put(top + rows - 1, 0, Summary(selected), Style.Dim);
        }

        if (list.Shown.Count == 0)
        {
            canvas.Put(top + 2, 2, Empty());
            return;
        }

        var lines = Lines();
        var at = lines.FindIndex(line => line.Guest == list.Selected);
        Scroll(at, lines.Count);
        for (var i = 0; i < height && first + i < lines.Count; i++)
        {
            var (heading, guest) = lines[first + i];
            if (guest is null)
            {
                canvas.Put(top + 1 + i, 0, heading!, Style.Dim);
            }
            else
            {
                DrawGuest(canvas, top + 1 + i, columns, guest);
            }
        }
    }

    internal override bool Press(Key key)
    {
        if (key == Key.CursorUp)
        {
            list.Move(-1);
        }
        else if (key == Key.CursorDown)
        {
            list.Move(+1);
        }
        else if (key == Key.PageUp)
        {
            list.Move(-height);
        }
        else if (key == Key.PageDown)
        {
            list.Move(+height);
        }
        else if (key == Key.Home)
        {
            list.Move(-list.Shown.Count);
        }
        else if (key == Key.End)
        {
            list.Move(+list.Shown.Count);
        }
        else if (key == Key.Enter && list.Selected is { } selected)
        {
            open(selected);
        }
        else if (key.Character() == 'o')
        {
            list.NextOrder();
        }
        else
        {
            return false;
        }

        return true;
    }

    private string Empty() =>
        !guests.IsKnown ? "looking …"
        : list.Filter.Length > 0 ? $"nothing matches '{list.Filter}'; Esc shows all"
        : "no guest is granted to you; please ask your provider";

    // What a narrow table has no column for.
    private static string Summary(WatchedGuest guest)
    {
        var now = guest.Guest;
        return string.Join("  ",
        [
            $"{now.Name}:",
            .. now.Vcpus is { } vcpus ? [$"{vcpus} vcpu{(vcpus == 1 ? "" : "s")}"] : Array.Empty<string>(),
            .. guest.Addresses ?? [],
            now.Console is { } holder ? $"console: {holder.User} since {UtcTime.Of(holder.Since)}" : "console free",
            .. guest.Busy is { } busy ? [$"{busy.Verb} by {busy.User} since {UtcTime.Of(busy.Since)}"] : Array.Empty<string>(),
            $"you: {now.Role}",
        ]);
    }

    // Headings are lines of their own, which the selection skips.
    private List<(string? Heading, WatchedGuest? Guest)> Lines()
    {
        var lines = new List<(string?, WatchedGuest?)>();
        string? heading = null;
        foreach (var guest in list.Shown)
        {
            if (list.Heading(guest) is { } owner && owner != heading)
            {
                heading = owner;
                lines.Add((owner, null));
            }

            lines.Add((null, guest));
        }

        return lines;
    }

    private void Scroll(int at, int count)
    {
        var least = Math.Max(0, at - height + 1);
        var headingToo = Math.Max(least, at - 1); // the first of an owner is seen with its heading, where there is room
        first = Math.Clamp(first, least, headingToo);
        first = Math.Min(first, Math.Max(0, count - height));
    }

    private void DrawGuest(Canvas canvas, int row, IReadOnlyList<Column> columns, WatchedGuest guest)
    {
        var isSelected = guest == list.Selected;
        if (isSelected)
        {
            canvas.Fill(row, Style.Selected);
        }

        var at = 0;
        foreach (var column in columns)
        {
            at = canvas.Put(row, at, column.Fitted(column.Text(guest)), isSelected ? Style.Selected : column.Style(guest));
        }
    }
}
