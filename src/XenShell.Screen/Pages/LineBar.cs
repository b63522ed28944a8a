using XenShell.Screen.Drawing;
using XenShell.Tenant.Editing;

using Key = Terminal.Gui.Input.Key;

namespace XenShell.Screen.Pages;

/// <summary>A line to type in, at the bottom: the command line, a filter, a search.</summary>
/// <param name="accept">Gets the line at Enter.</param>
/// <param name="giveUp">Esc, or Backspace on an empty line.</param>
internal sealed class LineBar(string prompt, EditedLine line, Action<string> accept, Action giveUp) : Pane
{
    private IReadOnlyList<string> candidates = [];

    internal override bool IsBox => true;

    internal override IEnumerable<KeyHint> Hints => candidates.Count > 0
        ? [new("Tab", string.Join("  ", candidates))]
        : [new("Enter", "do it"), .. line.CanComplete ? [new KeyHint("Tab", "complete")] : Array.Empty<KeyHint>(), new("Esc", "give up")];

    /// <summary>Called whenever the text changes.</summary>
    internal Action<string> Changed { get; init; } = _ => { };

    internal override void Draw(Canvas canvas, int top, int rows)
    {
        var row = canvas.Rows - 2;
        var room = Math.Max(1, canvas.Columns - prompt.Length - 1);
        var from = Math.Max(0, line.Cursor - room + 1);
        canvas.Fill(row, Style.Plain);
        canvas.Put(row, canvas.Put(row, 0, prompt, Style.Bold), line.Text[from..]);
        canvas.Cursor = (row, prompt.Length + line.Cursor - from);
    }

    internal override bool Press(Key key)
    {
        var before = line.Text;
        candidates = [];
        if (key == Key.Esc || (key == Key.Backspace && before.Length == 0) || key.IsControl('c'))
        {
            giveUp();
            return true;
        }

        switch (key.ForLine())
        {
            case LineKey.Enter:
                accept(before);
                return true;
            case LineKey.Tab:
                candidates = line.Complete() ?? [];
                break;
            case var meaning:
                line.Press(meaning, key.Character() ?? '\0');
                break;
        }

        if (line.Text != before)
        {
            Changed(line.Text);
        }

        return true;
    }

    /// <summary>Puts the first line of pasted text, without what nobody types; Enter stays with the user.</summary>
    internal void Paste(string text)
    {
        foreach (var character in text.TakeWhile(c => c is not ('\r' or '\n')).Where(c => c is >= ' ' and <= '~'))
        {
            line.Press(LineKey.Character, character);
        }

        Changed(line.Text);
    }
}
