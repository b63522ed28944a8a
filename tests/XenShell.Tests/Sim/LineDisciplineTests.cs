using System.Text;
using XenShell.Sim.Guests;

namespace XenShell.Tests.Sim;

internal sealed class LineDisciplineTests
{
    [TestCase("ls\r", "ls\r\n", "ls")]
    [TestCase("lx\x7Fs\r", "lx\b \bs\r\n", "ls")]
    [TestCase("one two\x17x\r", "one two\b \b\b \b\b \bx\r\n", "one x")]
    [TestCase("one\x15\r", "one\b \b\b \b\b \b\r\n", "")]
    [TestCase("one\x03", "one^C\r\n", "")]
    [TestCase("\x04", "\r\n", "exit")]
    [TestCase("\e[A\eOBls\r", "ls\r\n", "ls")]
    public void KeysEditTheLine(string keys, string echo, string line)
    {
        var (echoed, lines) = (new StringBuilder(), new List<string>());
        new LineDiscipline(text => echoed.Append(text), lines.Add).Type(Encoding.Latin1.GetBytes(keys));
        Assert.That((echoed.ToString(), lines), Is.EqualTo((echo, (List<string>)[line])));
    }
}
