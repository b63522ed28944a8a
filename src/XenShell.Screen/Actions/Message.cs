using XenShell.Screen.Drawing;

namespace XenShell.Screen.Actions;

/// <summary>The line above the keys.</summary>
internal sealed record Message(string Text, Style Style)
{
    private const string More = "  m: all of it";

    /// <summary>There is more to read than this line.</summary>
    internal bool HasMore { get; init; }

    internal string Fitted(int columns)
    {
        var room = Math.Max(1, columns - (HasMore ? More.Length : 0));
        return (Text.Length <= room ? Text : Text[..(room - 1)] + "…") + (HasMore ? More : "");
    }
}
