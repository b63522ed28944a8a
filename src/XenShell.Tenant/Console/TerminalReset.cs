namespace XenShell.Tenant.Console;

/// <summary>Undoes what a guest may have left on the user's terminal.</summary>
public static class TerminalReset
{
    /// <summary>
    /// Colours, mouse (1000, 1002, 1003, 1006), focus and paste reports (1004, 2004), cursor keys, keypad,
    /// cursor, wrap, insert mode, character sets. 47 leaves the alternate screen, if it is on, without
    /// moving the cursor of one that is not.
    /// </summary>
    public const string Sequence =
        "\x1b[0m\x1b[?1000;1002;1003;1006;1004;2004l\x1b[?47l\x1b[?1l\x1b>\x1b[?25h\x1b[?7h\x1b[4l\x1b(B\x1b)B\x0f";
}
