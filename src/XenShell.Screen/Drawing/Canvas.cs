namespace XenShell.Screen.Drawing;

/// <summary>A screenful of text before it goes to the terminal: rows of characters, each with its style.</summary>
internal sealed class Canvas(int columns, int rows)
{
    private readonly char[] characters = Blank(columns * rows);
    private readonly Style[] styles = new Style[columns * rows];

    internal int Columns => columns;

    internal int Rows => rows;

    /// <summary>Where text is typed; null shows no cursor.</summary>
    internal (int Row, int Column)? Cursor { get; set; }

    /// <summary>Puts text, cut at the right edge; rows that are not there take nothing.</summary>
    /// <returns>The column behind it.</returns>
    internal int Put(int row, int column, string text, Style style = Style.Plain)
    {
        if (row >= 0 && row < rows)
        {
            for (var i = 0; i < text.Length && column + i < columns; i++)
            {
                if (column + i >= 0)
                {
                    characters[(row * columns) + column + i] = text[i];
                    styles[(row * columns) + column + i] = style;
                }
            }
        }

        return column + text.Length;
    }

    /// <summary>Gives a whole row a style and blanks it.</summary>
    internal void Fill(int row, Style style) => Put(row, 0, new string(' ', columns), style);

    /// <summary>The stretches of one style in a row, from the left.</summary>
    internal IEnumerable<(int Column, string Text, Style Style)> Runs(int row)
    {
        var from = 0;
        for (var column = 1; column <= columns; column++)
        {
            if (column == columns || styles[(row * columns) + column] != styles[(row * columns) + from])
            {
                yield return (from, new string(characters, (row * columns) + from, column - from), styles[(row * columns) + from]);
                from = column;
            }
        }
    }

    /// <summary>A row's text, without the blanks at its end.</summary>
    internal string TextOf(int row) => new string(characters, row * columns, columns).TrimEnd(' ');

    private static char[] Blank(int count)
    {
        var blank = new char[count];
        Array.Fill(blank, ' ');
        return blank;
    }
}
