using Terminal.Gui.Input;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>Lines to read: scrolled, searched, and followed while more come.</summary>
/// <param name="lines">All there are now; old ones may go while new ones come.</param>
internal class TextPage(string title, Func<IReadOnlyList<string>> lines) : Pane
{
    private bool isAtEnd;
    private FoldedText text = FoldedText.Empty; // as last drawn
    private int first;
    private int height = 1;
    private string? searched;
    private bool isFound = true;

    /// <summary>More may come: begins at the end, and stays there as it comes.</summary>
    internal bool IsFollowed
    {
        get;
        init => (field, isAtEnd) = (value, value);
    }

    internal override IEnumerable<KeyHint> Hints =>
    [
        new("Esc", "back"),
        new("/", "search"),
        .. searched is null ? Array.Empty<KeyHint>() : [new KeyHint("n", "next")],
        .. IsFollowed ? [new KeyHint("f", isAtEnd ? "stay here" : "follow")] : Array.Empty<KeyHint>(),
        new("↑↓ PgUp PgDn", "scroll"),
    ];

    /// <summary>Goes to the next line that has this, from the one at the top on, and marks it wherever it is.</summary>
    internal void Search(string text)
    {
        searched = text.Length > 0 ? text : null;
        Find(first);
    }

    internal override void Draw(Canvas canvas, int top, int rows)
    {
        height = Math.Max(1, rows - 1);
        text = new FoldedText(Lines(canvas.Columns), canvas.Columns);
        first = isAtEnd ? Math.Max(0, text.Rows - height) : Math.Clamp(first, 0, Math.Max(0, text.Rows - 1));
        canvas.Put(top, 0, isFound ? title : $"{title}: '{searched}' is not in it", Style.Dim);

        var i = -1;
        foreach (var line in text.From(first).Take(height))
        {
            i++;
            canvas.Put(top + 1 + i, 0, line);
            if (searched is not null && line.IndexOf(searched, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                canvas.Put(top + 1 + i, at, line.Substring(at, searched.Length), Style.Selected);
            }
        }
    }

    internal override bool Press(Key key)
    {
        var step = key == Key.CursorUp ? -1
            : key == Key.CursorDown || key == Key.Enter ? 1
            : key == Key.PageUp ? -height
            : key == Key.PageDown || key.Character() == ' ' ? height
            : key == Key.Home ? -text.Rows
            : key == Key.End ? text.Rows
            : 0;
        if (step != 0)
        {
            first = Math.Clamp(first + step, 0, Math.Max(0, text.Rows - height));
            isAtEnd = IsFollowed && first >= text.Rows - height;
            return true;
        }

        switch (key.Character())
        {
            case 'n' when searched is not null:
                Find(first + 1);
                return true;
            case 'f' when IsFollowed:
                isAtEnd = !isAtEnd;
                return true;
            default:
                return false;
        }
    }

    private void Find(int from)
    {
        var at = searched is null ? -1 : text.Find(searched, from);
        isFound = searched is null || at >= 0;
        if (at >= 0)
        {
            (first, isAtEnd) = (at, false);
        }
    }

    /// <summary>The lines for a screen of this width.</summary>
    protected virtual IReadOnlyList<string> Lines(int columns) => lines();

    /// <summary>The same, with no word cut by the edge.</summary>
    protected static IReadOnlyList<string> Wrapped(IEnumerable<string> lines, int columns) => [.. lines.SelectMany(line => Core.Printing.Wrapped.At(line, columns).Split('\n'))];
}
