using XenShell.Core.Printing;

namespace XenShell.Screen.Drawing;

/// <summary>A framed box in the middle of the screen.</summary>
internal static class Box
{
    private const int MostColumns = 66; // arbitrary; a line that is read at once
    private const int LeastColumns = 12; // on less the edges are cut, as of everything

    /// <summary>Draws the frame with wrapped text.</summary>
    /// <param name="foot">Lines that are kept whatever the height.</param>
    /// <returns>Row and column of the first foot line.</returns>
    internal static (int Row, int Column) Draw(Canvas canvas, string title, string text, int foot)
    {
        var width = Math.Clamp(canvas.Columns - 2, LeastColumns, MostColumns);
        var lines = Wrapped.At(text, width - 4).Split('\n');
        var height = Math.Max(foot + 2, Math.Min(canvas.Rows, lines.Length + foot + 3));
        var top = (canvas.Rows - height) / 2;
        var left = (canvas.Columns - width) / 2;
        canvas.Put(top, left, $"┌{$" {title} ".PadRight(width - 2, '─')[..(width - 2)]}┐", Style.Bold);
        for (var row = top + 1; row < top + height - 1; row++)
        {
            canvas.Put(row, left, $"│{new string(' ', width - 2)}│", Style.Bold);
        }

        canvas.Put(top + height - 1, left, $"└{new string('─', width - 2)}┘", Style.Bold);
        foreach (var (line, i) in lines.Take(height - foot - 2).Select((line, i) => (line, i)))
        {
            canvas.Put(top + 1 + i, left + 2, line);
        }

        return (top + height - 1 - foot, left + 2);
    }
}
