using System.Text;
using XenShell.Core.Printing;

namespace XenShell.Tests.Printing;

/// <summary>GK, TU: control characters in logs, names and errors.</summary>
public sealed class PrintableTextTests
{
    [TestCase("gr\u00fc\u00df\u20ac", "gr\u00fc\u00df\u20ac")]
    [TestCase("a\r\nb", "a\nb")]
    [TestCase("a\rb", "a^Mb")]
    [TestCase("a\tb", "a    b")]
    [TestCase("\x1b[31m\x7f\0", "^[[31m^?^@")]
    [TestCase("\u009b", "\\xc2\\x9b")]
    [TestCase("\u3164\uffa0\u1160", "\\xe3\\x85\\xa4\\xef\\xbe\\xa0\\xe1\\x85\\xa0")]
    [TestCase("\u202e\ufeff\ue000", "\\xe2\\x80\\xae\\xef\\xbb\\xbf\\xee\\x80\\x80")]
    public void OnlyWhatIsOnTheListPasses(string text, string shown) =>
        Assert.That(PrintableText.Of(Encoding.UTF8.GetBytes(text), keepLines: true), Is.EqualTo(shown));

    [Test]
    public void BytesThatAreNoUtf8AreShownAsHex() =>
        Assert.That(PrintableText.Of([0xFF, (byte)'a', 0xE2, 0x82], keepLines: true), Is.EqualTo("\\xffa\\xe2\\x82"));

    [Test]
    public void ALineIsOneLineAndCut() => Assert.That(PrintableText.Line("a\nb" + new string('c', 1000), 10), Is.EqualTo("a; bcccccc…"));
}
