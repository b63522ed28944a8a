using XenShell.Screen.Driver;

namespace XenShell.Tests.Screen;

public sealed class TerminalAbilitiesTests
{
    [TestCase("xterm", null, null, "Eight")]
    [TestCase("xterm-256color", "truecolor", null, "True")]
    [TestCase("xterm-256color", "truecolor", "1", "None")]
    [TestCase("vt100", null, null, "None")]
    [TestCase("xterm-mono", null, null, "None")]
    public void ColoursFollowTheTerminalAndNoColor(string term, string? colorTerm, string? noColor, string expected) =>
        Assert.That(TerminalAbilities.Of(Environment(term, colorTerm, noColor, null)).Colours.ToString(), Is.EqualTo(expected));

    [TestCase("C.UTF-8", true)]
    [TestCase("C", false)]
    [TestCase(null, false)]
    public void BordersFollowTheLocale(string? lang, bool isUtf8) =>
        Assert.That(TerminalAbilities.Of(Environment("xterm", null, null, lang)).IsUtf8, Is.EqualTo(isUtf8));

    [Test]
    public void EveryGlyphHasAPlainOne() =>
        Assert.That("─│┌┐└┘●○◐‖✖▸…·↑↓ ▁▂▃▄▅▆▇█".Select(PlainGlyphs.Of), Has.None.EqualTo('?').And.All.LessThan('\x7f'));

    private static Func<string, string?> Environment(string term, string? colorTerm, string? noColor, string? lang) => name => name switch
    {
        "TERM" => term,
        "COLORTERM" => colorTerm,
        "NO_COLOR" => noColor,
        "LANG" => lang,
        _ => null,
    };
}
