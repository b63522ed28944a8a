using System.Drawing;
using System.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using XenShell.Core.Native;
using XenShell.Tenant;
using XenShell.Tenant.Console;

using Attribute = Terminal.Gui.Drawing.Attribute;
using Color = Terminal.Gui.Drawing.Color;
using Tty = XenShell.Core.Native.Terminal;

namespace XenShell.Screen.Driver;

/// <summary>
/// Frames for the terminal: what changed, in one write. Terminal.Gui's own output asks the terminal
/// questions (colours, keyboard, graphics), whose answers are a way in for whoever holds the terminal;
/// this one asks nothing. A terminal that stands still gets no other frame until it has taken this one.
/// </summary>
internal sealed class TerminalOutput(TerminalAbilities abilities) : OutputBase, IOutput
{
    private readonly TerminalWriter terminal = new(Fd.Output);
    private readonly PendingBytes pending = new(limit: 1);
    private readonly StringBuilder frame = new();
    private Cursor cursor = new();
    private (int Column, int Row) position;
    private bool isMoved;

    public Size GetSize()
    {
        var size = Tty.Size(Fd.Output);
        return new Size(size.Columns, size.Rows);
    }

    public void SetSize(int width, int height)
    {
        // the terminal has the size it has
    }

    // Where text is typed, the screen draws the cursor by itself.
    public void SetCursor(Cursor cursor) => this.cursor = cursor;

    public Cursor GetCursor() => cursor;

    // Questions to the terminal come this way, and nothing else: dropped.
    public void Write(ReadOnlySpan<char> text)
    {
    }

    // Ctrl-Z must not leave a tenant's shell behind, and Terminal.Gui's way runs /bin/sh.
    public void Suspend()
    {
    }

    /// <summary>The terminal has not taken all of the last frame.</summary>
    internal bool IsBehind => !pending.IsEmpty;

    // What has changed stays marked in the buffer, and comes with a later frame.
    public override void Write(IOutputBuffer buffer)
    {
        if (IsBehind)
        {
            return;
        }

        base.Write(buffer);
        if (frame.Length > 0)
        {
            pending.Add(Encoding.UTF8.GetBytes(frame.Append("\x1b[0m").ToString()));
            frame.Clear();
            Flush();
        }
    }

    /// <summary>Gives the terminal what it takes now.</summary>
    internal void Flush()
    {
        try
        {
            pending.Drop(terminal.WriteSome(pending.Bytes));
        }
        catch (ErrnoException)
        {
            pending.Drop(pending.Bytes.Length); // it is gone, as its input will tell
        }
    }

    /// <summary>Waits until the frame stands there, as far as anybody is to be waited for: an escape sequence cut in half would spoil what comes next.</summary>
    internal void Finish()
    {
        Tell.Raw(pending.Bytes);
        pending.Drop(pending.Bytes.Length);
    }

    protected override void Write(StringBuilder output)
    {
        if (output.Length == 0)
        {
            return;
        }

        if (isMoved)
        {
            frame.Append("\x1b[").Append(position.Row + 1).Append(';').Append(position.Column + 1).Append('H');
            isMoved = false;
        }

        foreach (var chunk in output.GetChunks())
        {
            if (abilities.IsUtf8)
            {
                frame.Append(chunk.Span);
            }
            else
            {
                foreach (var character in chunk.Span)
                {
                    frame.Append(PlainGlyphs.Of(character));
                }
            }
        }
    }

    // Asked for each cell that has not changed; only the last one before text matters.
    protected override bool SetCursorPositionImpl(int screenPositionX, int screenPositionY)
    {
        position = (screenPositionX, screenPositionY);
        isMoved = true;
        return true;
    }

    protected override void AppendOrWriteAttribute(StringBuilder output, Attribute attr, TextStyle redrawTextStyle)
    {
        output.Append("\x1b[0");
        AppendStyle(output, attr.Style);
        if (abilities.Colours != ColourMode.None)
        {
            AppendColour(output, attr.Foreground, 30);
            AppendColour(output, attr.Background, 40);
        }

        output.Append('m');
    }

    private static void AppendStyle(StringBuilder output, TextStyle style)
    {
        if (style.HasFlag(TextStyle.Bold))
        {
            output.Append(";1");
        }

        if (style.HasFlag(TextStyle.Underline))
        {
            output.Append(";4");
        }

        if (style.HasFlag(TextStyle.Reverse))
        {
            output.Append(";7");
        }
    }

    private void AppendColour(StringBuilder output, Color colour, int first)
    {
        if (colour == Color.None)
        {
            return;
        }

        if (abilities.Colours == ColourMode.True)
        {
            output.Append(';').Append(first + 8).Append(";2;").Append(colour.R).Append(';').Append(colour.G).Append(';').Append(colour.B);
            return;
        }

        const int half = 100; // above it a part counts as on: the eight are corners of the colour cube
        output.Append(';').Append(first + (colour.R > half ? 1 : 0) + (colour.G > half ? 2 : 0) + (colour.B > half ? 4 : 0));
    }

    public void Dispose()
    {
    }
}
