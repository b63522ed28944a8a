namespace XenShell.Screen.Pages;

/// <summary>
/// Lines as the rows that they need: each is cut wherever the edge is, so that of a guest's words nothing
/// is added or lost. Rows are counted and not made, but for those that are asked for: a log may have a
/// million, and is drawn anew with each line that comes.
/// </summary>
internal sealed class FoldedText(IReadOnlyList<string> lines, int columns)
{
    private readonly int width = Math.Max(1, columns);

    internal static FoldedText Empty { get; } = new([], 1);

    internal int Rows { get; } = lines.Sum(line => RowsOf(line, Math.Max(1, columns)));

    /// <summary>The rows from this one on.</summary>
    internal IEnumerable<string> From(int row)
    {
        foreach (var line in lines)
        {
            var rows = RowsOf(line, width);
            for (var i = Math.Max(0, row); i < rows; i++)
            {
                yield return line.Substring(i * width, Math.Min(width, line.Length - (i * width)));
            }

            row -= Math.Min(rows, Math.Max(0, row));
        }
    }

    /// <summary>The first row at or behind <paramref name="from"/> where this begins, in any case of letters, going round at the end; -1 for none.</summary>
    internal int Find(string text, int from)
    {
        var (wrapped, row) = (-1, 0);
        foreach (var line in lines)
        {
            for (var at = line.IndexOf(text, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var found = row + (at / width);
                if (found >= from)
                {
                    return found;
                }

                wrapped = wrapped < 0 ? found : wrapped;
            }

            row += RowsOf(line, width);
        }

        return wrapped;
    }

    private static int RowsOf(string line, int width) => Math.Max(1, (line.Length + width - 1) / width);
}
