using XenShell.Core.Commands;

namespace XenShell.Tenant.Editing;

/// <summary>The line being typed, and where the cursor stands in it. Printable ASCII, bounded.</summary>
internal sealed class LineBuffer
{
    internal string Text { get; private set; } = "";

    internal int Cursor { get; private set; }

    internal string BeforeCursor => Text[..Cursor];

    internal void Replace(string text)
    {
        Text = text.Length <= CommandLine.MaxLength ? text : text[..CommandLine.MaxLength];
        Cursor = Text.Length;
    }

    internal void Insert(string text)
    {
        // A huge paste is cut, not kept: no command is that long.
        text = text.Length + Text.Length <= CommandLine.MaxLength ? text : text[..(CommandLine.MaxLength - Text.Length)];
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    internal void Left() => Cursor = Math.Max(0, Cursor - 1);

    internal void Right() => Cursor = Math.Min(Text.Length, Cursor + 1);

    internal void Home() => Cursor = 0;

    internal void End() => Cursor = Text.Length;

    internal void Backspace()
    {
        if (Cursor > 0)
        {
            Cursor--;
            Delete();
        }
    }

    internal void Delete()
    {
        if (Cursor < Text.Length)
        {
            Text = Text.Remove(Cursor, 1);
        }
    }

    internal void KillToEnd() => Text = Text[..Cursor];

    internal void KillToStart()
    {
        Text = Text[Cursor..];
        Cursor = 0;
    }

    internal void KillWord()
    {
        var start = BeforeCursor.TrimEnd(' ').LastIndexOf(' ') + 1;
        Text = Text.Remove(start, Cursor - start);
        Cursor = start;
    }
}
