using System.Text;

namespace XenShell.SystemTests.Harness;

/// <summary>
/// What a terminal shows now: a grid of characters, kept by the sequences of ECMA-48 that a full screen
/// needs. Others are read over, as a terminal does that does not know them.
/// </summary>
internal sealed class TerminalImage
{
    private readonly StringBuilder parameters = new();
    private char[][] main;
    private char[][] alternate;
    private State state;
    private int row;
    private int column;
    private (int Row, int Column) saved;

    internal TerminalImage(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        main = Blank();
        alternate = Blank();
    }

    private enum State
    {
        Text,
        Escape,
        Control,
        String,
        Designator,
    }

    internal int Columns { get; private set; }

    internal int Rows { get; private set; }

    /// <summary>The second screen, which leaves what stood on the first one alone.</summary>
    internal bool IsAlternate { get; private set; }

    /// <summary>The rows, without the blanks at their ends.</summary>
    internal IReadOnlyList<string> Lines => [.. Grid.Select(line => new string(line).TrimEnd(' '))];

    private char[][] Grid => IsAlternate ? alternate : main;

    internal void Resize(int columns, int rows)
    {
        var (oldMain, oldAlternate) = (main, alternate);
        (Columns, Rows) = (columns, rows);
        main = Kept(oldMain);
        alternate = Kept(oldAlternate);
        (row, column) = (Math.Min(row, rows - 1), Math.Min(column, columns - 1));
    }

    internal void Feed(char c)
    {
        switch (state)
        {
            case State.Text when c == '\e':
                state = State.Escape;
                break;
            case State.Text:
                Print(c);
                break;
            case State.Escape:
                parameters.Clear();
                state = c switch
                {
                    '[' => State.Control,
                    ']' or 'P' or '_' or '^' => State.String,
                    '(' or ')' => State.Designator,
                    _ => State.Text,
                };
                break;
            case State.Control when c is >= '@' and <= '~':
                state = State.Text;
                Obey(c);
                break;
            case State.Control:
                parameters.Append(c);
                break;
            case State.String when c == '\a':
            case State.Designator:
                state = State.Text;
                break;
            case State.String when c == '\e':
                state = State.Escape; // of its end, ESC \
                break;
        }
    }

    private void Print(char c)
    {
        switch (c)
        {
            case '\r':
                column = 0;
                break;
            case '\n':
                NextRow();
                break;
            case '\b':
                column = Math.Max(0, column - 1);
                break;
            case '\t':
                column = Math.Min(Columns - 1, ((column / 8) + 1) * 8);
                break;
            case >= ' ':
                if (column == Columns)
                {
                    column = 0;
                    NextRow();
                }

                Grid[row][column++] = c;
                break;
        }
    }

    private void NextRow()
    {
        if (++row == Rows)
        {
            row = Rows - 1;
            Array.Copy(Grid, 1, Grid, 0, Rows - 1);
            Grid[row] = BlankRow();
        }
    }

    private void Obey(char final)
    {
        var numbers = parameters.ToString().TrimStart('?').Split(';').Select(text => int.TryParse(text, out var n) ? n : 0).ToArray();
        var count = Math.Max(1, numbers[0]);
        switch (final)
        {
            case 'H' or 'f':
                MoveTo(numbers[0] - 1, (numbers.Length > 1 ? numbers[1] : 1) - 1);
                break;
            case 'A':
                MoveTo(row - count, column);
                break;
            case 'B':
                MoveTo(row + count, column);
                break;
            case 'C':
                MoveTo(row, column + count);
                break;
            case 'D':
                MoveTo(row, column - count);
                break;
            case 'G':
                MoveTo(row, count - 1);
                break;
            case 'J' when numbers[0] is 2 or 3:
                Array.Copy(Blank(), Grid, Rows);
                break;
            case 'J' when numbers[0] == 0:
                Erase(row, column, Columns);
                for (var below = row + 1; below < Rows; below++)
                {
                    Erase(below, 0, Columns);
                }

                break;
            case 'K':
                Erase(row, numbers[0] == 0 ? column : 0, numbers[0] == 1 ? column + 1 : Columns);
                break;
            case 'h' or 'l' when parameters.ToString() is "?47" or "?1047" or "?1049":
                Switch(final == 'h');
                break;
        }
    }

    private void Switch(bool toAlternate)
    {
        if (toAlternate && !IsAlternate)
        {
            saved = (row, column);
            alternate = Blank();
        }
        else if (!toAlternate && IsAlternate)
        {
            (row, column) = saved;
        }

        IsAlternate = toAlternate;
    }

    private void MoveTo(int toRow, int toColumn) => (row, column) = (Math.Clamp(toRow, 0, Rows - 1), Math.Clamp(toColumn, 0, Columns - 1));

    private void Erase(int at, int from, int to)
    {
        for (var i = from; i < Math.Min(to, Columns); i++)
        {
            Grid[at][i] = ' ';
        }
    }

    private char[][] Kept(char[][] old)
    {
        var kept = Blank();
        for (var i = 0; i < Math.Min(old.Length, Rows); i++)
        {
            Array.Copy(old[i], kept[i], Math.Min(old[i].Length, Columns));
        }

        return kept;
    }

    private char[][] Blank() => [.. Enumerable.Range(0, Rows).Select(_ => BlankRow())];

    private char[] BlankRow() => [.. Enumerable.Repeat(' ', Columns)];
}
