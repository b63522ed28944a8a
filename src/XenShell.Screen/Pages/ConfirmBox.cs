using Terminal.Gui.Input;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>Asks before something that cannot be taken back. Only y, or yes chosen, means yes.</summary>
internal sealed class ConfirmBox(string question, string consequence, Action<bool> answer) : Pane
{
    private bool isYes;

    internal override bool IsBox => true;

    internal override IEnumerable<KeyHint> Hints => [new("y", "yes"), new("n", "no"), new("Esc", "no")];

    internal override void Draw(Canvas canvas, int top, int rows)
    {
        var (row, column) = Box.Draw(canvas, question, "\n" + consequence + "\n", foot: 1);
        column = canvas.Put(row, column, " y  Yes ", isYes ? Style.Selected : Style.Plain) + 2;
        canvas.Put(row, column, " n  No ", isYes ? Style.Plain : Style.Selected);
    }

    internal override bool Press(Key key)
    {
        if (key == Key.CursorLeft || key == Key.CursorRight || key == Key.Tab)
        {
            isYes = !isYes;
        }
        else if (key.Character() is 'y' or 'Y' || (key == Key.Enter && isYes))
        {
            answer(true);
        }
        else if (key.Character() is 'n' or 'N' or 'q' || key == Key.Esc || key == Key.Enter)
        {
            answer(false);
        }

        return true;
    }
}
