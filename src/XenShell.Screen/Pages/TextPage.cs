using Terminal.Gui.Input;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>Lines to read: scrolled, searched, and followed while more come.</summary>
/// <param name="lines">All there are now; old ones may go while new ones come.</param>
internal class TextPage(string title, Func<IReadOnlyList<string>> lines) : Pane
{
    private bool isAtEnd;
    private IReadOnlyList<string> folded = []; // as last drawn
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
        folded = [.. lines().SelectMany(line => Fold(line, canvas.Columns))];
        first = isAtEnd ? Math.Max(0, folded.Count - height) : Math.Clamp(first, 0, Math.Max(0, folded.Count - 1));
        canvas.Put(top, 0, isFound ? title : $"{title}: '{searched}' is not in it", Style.Dim);

        for (var i = 0; i < height && first + i < folded.Count; i++)
        {
            var line = folded[first + i];
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
            : key == Key.Home ? -folded.Count
            : key == Key.End ? folded.Count
            : 0;
        if (step != 0)
        {
            first = Math.Clamp(first + step, 0, Math.Max(0, folded.Count - height));
            isAtEnd = IsFollowed && first >= folded.Count - height;
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
        var at = searched is null
            ? -1
            : Enumerable.Range(from, folded.Count)
                .Select(i => i % folded.Count)
                .FirstOrDefault(i => folded[i].Contains(searched, StringComparison.OrdinalIgnoreCase), -1);
        isFound = searched is null || at >= 0;
        if (at >= 0)
        {
            (first, isAtEnd) = (at, false);
        }
    }

    /// <summary>A line as the rows that it needs. A guest's words are cut wherever the edge is, so that nothing is added or lost.</summary>
    protected virtual IEnumerable<string> Fold(string line, int columns) =>
        line.Length <= columns ? [line] : line.Chunk(Math.Max(1, columns)).Select(part => new string(part));
}
