using Terminal.Gui.Input;
using XenShell.Tenant.Editing;

namespace XenShell.Screen.Pages;

/// <summary>Keys as the pages see them.</summary>
internal static class Keys
{
    private static readonly Dictionary<Key, LineKey> OnALine = new()
    {
        [Key.Backspace] = LineKey.Backspace,
        [new Key('h').WithCtrl] = LineKey.Backspace,
        [Key.Delete] = LineKey.Delete,
        [new Key('d').WithCtrl] = LineKey.Delete,
        [Key.CursorLeft] = LineKey.Left,
        [Key.CursorRight] = LineKey.Right,
        [Key.CursorUp] = LineKey.Up,
        [Key.CursorDown] = LineKey.Down,
        [Key.Home] = LineKey.Home,
        [new Key('a').WithCtrl] = LineKey.Home,
        [Key.End] = LineKey.End,
        [new Key('e').WithCtrl] = LineKey.End,
        [new Key('u').WithCtrl] = LineKey.KillToStart,
        [new Key('k').WithCtrl] = LineKey.KillToEnd,
        [new Key('w').WithCtrl] = LineKey.KillWord,
        [Key.Tab] = LineKey.Tab,
        [Key.Enter] = LineKey.Enter,
    };

    /// <summary>The printable ASCII character that the key types; null for any other key.</summary>
    internal static char? Character(this Key key) =>
        !key.IsCtrl && !key.IsAlt && key.AsRune.Value is >= ' ' and <= '~' and var rune ? (char)rune : null;

    internal static bool IsControl(this Key key, char letter) => key == new Key(letter).WithCtrl;

    /// <summary>What the key does to a line that is typed, as at the prompt.</summary>
    internal static LineKey ForLine(this Key key) =>
        key.Character() is not null ? LineKey.Character : OnALine.GetValueOrDefault(key, LineKey.None);
}
