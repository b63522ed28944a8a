using System.Text;

namespace XenShell.Core.GuestFiles;

/// <summary>
/// A value: a string (numbers are strings too) or a list, and it stays what it began as. += extends it
/// in place: a file of nothing but += would otherwise cost the square of its length.
/// </summary>
internal sealed class XlValue
{
    private readonly string? text;
    private readonly List<XlValue>? items;
    private StringBuilder? extended;

    public XlValue(string text, int line) => (this.text, Line) = (text, line);

    public XlValue(List<XlValue> items, int line) => (this.items, Line) = (items, line);

    /// <summary>Null when it is a list.</summary>
    public string? Text => extended?.ToString() ?? text;

    /// <summary>Null when it is a string.</summary>
    public IReadOnlyList<XlValue>? Items => items;

    /// <summary>1-based, where the value that was assigned or added last begins.</summary>
    public int Line { get; private set; }

    /// <summary>False when one is a list and the other is not. The added value is used up.</summary>
    public bool TryAppend(XlValue added)
    {
        if (text is not null && added.text is not null)
        {
            extended ??= new StringBuilder(text);
            extended.Append(added.Text);
        }
        else if (items is not null && added.items is not null)
        {
            items.AddRange(added.items);
        }
        else
        {
            return false;
        }

        Line = added.Line;
        return true;
    }
}
