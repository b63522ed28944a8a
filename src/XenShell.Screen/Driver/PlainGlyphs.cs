namespace XenShell.Screen.Driver;

/// <summary>ASCII for the glyphs that the screen uses, on terminals without UTF-8.</summary>
internal static class PlainGlyphs
{
    private const string Graph = " ▁▂▃▄▅▆▇█";
    private const string PlainGraph = " ..::-=+#";

    internal static char Of(char character) => character switch
    {
        < '\x7f' => character,
        '─' or '━' or '═' or '╌' => '-',
        '│' or '┃' or '║' => '|',
        >= '\u2500' and <= '\u257f' => '+',
        '●' => '*',
        '○' => 'o',
        '◐' => '~',
        '‖' => '=',
        '✖' => 'x',
        '▸' or '►' => '>',
        '…' => '~',
        '·' => '.',
        '↑' => '^',
        '↓' => 'v',
        _ => Graph.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? PlainGraph[at] : '?',
    };
}
