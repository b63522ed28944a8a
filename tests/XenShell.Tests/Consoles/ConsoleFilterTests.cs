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
    [TestCase("\x1b)0ready\x0elqqk\x0f\r\n")]
    public void WhatAScreenNeedsPasses(string text) => Assert.That(Filter(text), Is.EqualTo(text));

    // GK: a forgotten end mark, in a prompt or in what a binary printed, and nothing was ever shown again
    [TestCase("\x1b]0;root@web1: ~root@web1:~# ls\r\nfile1\r\n", "\r\nfile1\r\n")]
    [TestCase("\x1bXrest\nnext", "\nnext")]
    [TestCase("\x1bPrest\rnext", "\rnext")]
    [TestCase("\x1b^rest\x18next", "next")]
    [TestCase("\x1b_rest\x1b[1mnext", "\x1b[1mnext")]
    [TestCase("\x1b]0;rest\x1b\\next", "next")]
    [TestCase("\x1b]0;\r\n[console of web1: Ctrl-] opens a menu]\r\n", "\r\n[console of web1: Ctrl-] opens a menu]\r\n")]
    public void AStringEndsWithItsLineAtTheLatest(string text, string left) => Assert.That(Filter(text), Is.EqualTo(left));

    // ncurses on TERM=vt220, linux, vt100: no '0' before what it draws
    [TestCase("\x1b)0ready", "\x1b)0ready")]
    [TestCase("\x1b)Aready", "ready")]
    [TestCase("\x1b*0\x1b+0ready", "ready")]
    [TestCase("\x1b%Gready", "ready")]
    [TestCase("\x1b#8ready", "ready")]
    [TestCase("\x1b \x46ready", "ready")]
    [TestCase("\x1b[2 qready", "ready")]
    [TestCase("\x1b[1\n0;5Hready", "\n\x1b[10;5Hready")]
    [TestCase("\x1b[1?5Hready", "ready")]
    public void SequencesEndWhereATerminalEndsThem(string text, string left) => Assert.That(Filter(text), Is.EqualTo(left));

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
