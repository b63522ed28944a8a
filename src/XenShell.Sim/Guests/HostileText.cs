namespace XenShell.Sim.Guests;

/// <summary>What a hostile guest sends to the terminal of whoever looks (GK). Bytes as Latin-1.</summary>
internal static class HostileText
{
    public const string Attack =
        "\e]0;owned title\a" // window title
        + "\e[21t" // report the title: answers into the reader's input
        + "\e]52;c;cm0gLXJmIC8K\a" // OSC 52: set the clipboard
        + "\eP$q\"p\e\\" // DECRQSS
        + "\e[c\e[>c\e[6n" // DA, secondary DA, DSR
        + "\e[?1049h" // alternate screen
        + "\e[?1000h\e[?1006h" // mouse reports
        + "\e[31;1mred\e[0m "
        + "\u009b31mC1\u009d0;C1 title\u009c " // the same with 8-bit controls
        + "\u00e2\u0080\u00aegnp.exe\u00e2\u0080\u00ac " // U+202E … U+202C
        + "\x05" // ENQ: answer-back
        + "\r\n";
}
