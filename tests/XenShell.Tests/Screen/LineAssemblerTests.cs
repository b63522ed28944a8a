using System.Text;
using XenShell.Screen.Feed;

namespace XenShell.Tests.Screen;

public sealed class LineAssemblerTests
{
    [Test]
    public void ALineInPiecesIsOneLine()
    {
        var lines = new LineAssembler(100);
        Assert.That(Take(lines, "one\ntw"), Is.EqualTo(new[] { "one" }));
        Assert.That(Take(lines, "o"), Is.Empty);
        Assert.That(Take(lines, "\n\n"), Is.EqualTo(new[] { "two", "" }));
    }

    [Test]
    public void ALineThatIsTooLongIsDroppedAndTheNextOneIsNot()
    {
        var lines = new LineAssembler(4);
        Assert.That(Take(lines, "123"), Is.Empty);
        Assert.That(Take(lines, "45"), Is.Empty);
        Assert.That(Take(lines, "6\nnext\n"), Is.EqualTo(new[] { "next" }));
    }

    private static IEnumerable<string> Take(LineAssembler lines, string text) =>
        lines.Take(Encoding.ASCII.GetBytes(text)).Select(Encoding.ASCII.GetString);
}
