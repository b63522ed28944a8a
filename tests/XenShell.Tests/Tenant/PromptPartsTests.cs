using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Tenant.Editing;

namespace XenShell.Tests.Tenant;

public sealed class PromptPartsTests
{
    private static readonly string[] Guests = ["web1", "web2"];

    [TestCase("st", "start?status")]
    [TestCase("boot ", "web1?web2")]
    [TestCase("boot --", "--console?--no-wait")]
    [TestCase("shutdown web1 --t", "--timeout=")]
    [TestCase("help sh", "shutdown")]
    [TestCase("we", "web1?web2")]
    [TestCase("whoami ", "")]
    [TestCase("nosuch ", "")]
    public void TabOffers(string before, string candidates) =>
        Assert.That(Completer.Candidates(before, new KnownWords(CommandTable.Product, () => Guests)), Is.EqualTo(candidates.Replace("start?", "", StringComparison.Ordinal).Split('?', StringSplitOptions.RemoveEmptyEntries)));

    [TestCase("\x1b[A", "Up")]
    [TestCase("\x1bOB", "Down")]
    [TestCase("\x1b[3~", "Delete")]
    [TestCase("\x1b[1~", "Home")]
    [TestCase("\x03", "Interrupt")]
    [TestCase("\x7f", "Backspace")]
    [TestCase("\u0000", "None")]
    public void BytesBecomeKeys(string bytes, string key)
    {
        var reader = new KeyReader();
        Assert.That(bytes.Select(c => reader.Next((byte)c).Key.ToString()).Where(k => k != "None").FirstOrDefault("None"), Is.EqualTo(key));
    }

    [Test]
    public void ALineIsEditedAndBounded()
    {
        var line = new LineBuffer();
        line.Insert("boot web1");
        line.KillWord();
        line.Insert("web2");
        line.Home();
        line.Delete();
        line.Insert("B");
        Assert.That(line.Text, Is.EqualTo("Boot web2"));
        line.Insert(new string('x', 5000));
        Assert.That(line.Text, Has.Length.EqualTo(CommandLine.MaxLength));
    }

    // TU: a history that is a link, a FIFO, or not ours to write
    [Test]
    public void TheHistoryIsAPlainFileOrNothing()
    {
        using var host = new Scratch();
        FileSystem.CreateFifo(host.At("fifo"));
        Assert.That(new History(host.At("fifo")).Count, Is.Zero);
        File.CreateSymbolicLink(host.At("link"), host.Write("target", "secret\n"));
        Assert.That(new History(host.At("link")).Count, Is.Zero);

        var history = new History(host.At("history"));
        history.Add("status");
        history.Save();
        Assert.That(new History(host.At("history"))[0], Is.EqualTo("status"));
        Assert.That((int)File.GetUnixFileMode(host.At("history")), Is.EqualTo(0b110_000_000));
    }
}
