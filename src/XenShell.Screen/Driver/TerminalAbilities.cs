namespace XenShell.Screen.Driver;

/// <summary>From the environment that xen-shell made: TERM, COLORTERM, NO_COLOR and LANG, all vetted.</summary>
/// <param name="IsUtf8">Borders and graphs may use more than ASCII.</param>
internal sealed record TerminalAbilities(ColourMode Colours, bool IsUtf8)
{
    internal static TerminalAbilities Detect() => Of(Environment.GetEnvironmentVariable);

    internal static TerminalAbilities Of(Func<string, string?> variable) => new(
        ColoursOf(variable("NO_COLOR"), variable("COLORTERM"), variable("TERM") ?? "dumb"),
        variable("LANG")?.EndsWith("UTF-8", StringComparison.Ordinal) == true);

    private static ColourMode ColoursOf(string? noColor, string? colorTerm, string term) =>
        !string.IsNullOrEmpty(noColor) || term is "dumb" or "vt100" or "vt102" or "vt220" || term.EndsWith("-mono", StringComparison.Ordinal)
            ? ColourMode.None
            : colorTerm is "truecolor" or "24bit" ? ColourMode.True : ColourMode.Eight;
}
