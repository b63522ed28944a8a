using System.Text;
using XenShell.Sim.Consoles;

namespace XenShell.Tests.Sim;

internal sealed class ConsoleLogWriterTests
{
    [Test]
    public void EachLineIsStampedOnceHoweverItArrives()
    {
        var start = true;
        var now = new DateTime(2026, 11, 22, 22, 27, 16);
        var log = string.Concat(((string[])["one\r\ntw", "o", "\r\n"])
            .Select(part => Encoding.ASCII.GetString(ConsoleLogWriter.Stamped(Encoding.ASCII.GetBytes(part), now, ref start))));
        Assert.That(log, Is.EqualTo("[2026-11-22 22:27:16] one\r\n[2026-11-22 22:27:16] two\r\n"));
    }
}
