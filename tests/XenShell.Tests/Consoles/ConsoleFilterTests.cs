using System.Text;
using XenShell.Core.Consoles;

namespace XenShell.Tests.Consoles;

/// <summary>GK: what a hostile guest prints to make the reader's terminal answer or change.</summary>
public sealed class ConsoleFilterTests
{
    [TestCase("\x1b]0;title\x07x", "x")]
    [TestCase("\x1b]52;c;aGk=\x1b\\x", "x")]
    [TestCase("\x1bP$qm\x1b\\x", "x")]
    [TestCase("\x1b_apc\x1b\\x", "x")]
    [TestCase("\x1b^pm\x1b\\x", "x")]
    [TestCase("\x1bXsos\x1b\\x", "x")]
    [TestCase("\x1b[cx", "x")]
    [TestCase("\x1b[>cx", "x")]
    [TestCase("\x1b[6nx", "x")]
    [TestCase("\x1b[21tx", "x")]
    [TestCase("\x1b[?1000hx", "x")]
    [TestCase("\x1b[?25;1000hx", "x")]
    [TestCase("\x1b[?2004hx", "x")]
    [TestCase("\x1b[1;1;1*yx", "x")]
    [TestCase("\u001bcx", "x")]
    [TestCase("\x1bZx", "x")]
    [TestCase("\x1b[!px", "x")]
    [TestCase("\x05x", "x")]
    [TestCase("\x0ex", "x")]
    [TestCase("\u009b6nx", "6nx")]
    [TestCase("\u202ex", "x")]
    [TestCase("\u2066x", "x")]
    [TestCase("\x1b[0\x1b]0;t\x07x", "x")]
    public void WhatCouldHarmIsSwallowed(string text, string left) => Assert.That(Filter(text), Is.EqualTo(left));

    [TestCase("plain text\r\n\tgr\u00fc\u00df\u20ac \u2588")]
    [TestCase("\x1b[1;31mred\x1b[0m")]
    [TestCase("\x1b[2J\x1b[H\x1b[10;5H\x1b[K")]
    [TestCase("\x1b[?25l\x1b[?25h\x1b[?1049h\x1b[?7l")]
    [TestCase("\x1b7\x1b8\x1b(0\x1b(B")]
    public void WhatAScreenNeedsPasses(string text) => Assert.That(Filter(text), Is.EqualTo(text));

    [Test]
    public void RawC1BytesAreSwallowed() =>
        Assert.That(new ConsoleFilter().Filter([0x9B, (byte)'x', 0x90, (byte)'y', 0xFF, 0xC2]), Is.EqualTo("xy"u8.ToArray()));

    [Test]
    public void ChunksDoNotMatter()
    {
        var bytes = Encoding.UTF8.GetBytes("a\x1b]0;t\x1b\\b\x1b[1;31mc\u20ac\x1b[6nd\x1bP$q\x1b\\e\x1b[?1000hf");
        var whole = new ConsoleFilter().Filter(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var filter = new ConsoleFilter();
            byte[] parts = [.. filter.Filter(bytes.AsSpan(0, cut)), .. filter.Filter(bytes.AsSpan(cut))];
            Assert.That(parts, Is.EqualTo(whole), $"cut at {cut}");
        }
    }

    private static string Filter(string text) => Encoding.UTF8.GetString(new ConsoleFilter().Filter(Encoding.UTF8.GetBytes(text)));
}
