namespace XenShell.Tenant.Editing;

/// <summary>What was pressed.</summary>
public enum LineKey
{
    /// <summary>Nothing that means anything here.</summary>
    None,
    Character,
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    Interrupt,
    EndOfFile,
    KillToEnd,
    KillToStart,
    KillWord,
    Redraw,
}
