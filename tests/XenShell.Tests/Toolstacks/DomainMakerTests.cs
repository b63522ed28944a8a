using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>What a process of xl's that keeps all others from making domains is at.</summary>
public sealed class DomainMakerTests
{
    private Scratch scratch = null!;

    [SetUp]
    public void Setup() => scratch = new Scratch();

    [TearDown]
    public void TearDown() => scratch.Dispose();

    // GK: a guest that was restored or moved once reboots, and its boot loader hangs: xl's process of it says "restore" for ever
    [TestCase("restore /var/lib/xen/save/web1")]
    [TestCase("migrate-receive -")]
    [TestCase("cr /etc/xen/web1.cfg")]
    [TestCase("create /etc/xen/web1.cfg")]
    public void WhoeverReadsNoMemoryCreatesWhateverItWasStartedWith(string words) => Expect(true, null, "sleep 60 & wait", words);

    [TestCase("restore /var/lib/xen/save/web1")]
    [TestCase("create /etc/xen/web1.cfg")]
    public void WhoeverReadsMemoryRestores(string words)
    {
        File.Copy("/bin/sleep", scratch.At("libxl-save-helper"));
        Expect(false, null, $"{scratch.At("libxl-save-helper")} 60 & wait", words);
    }

    // CA: the guest's file has lost its boot loader since; and what the file gives to it must not pass for another guest's
    [Test]
    public void ABootLoaderTellsForWhichDomainItRuns()
    {
        var loader = scratch.Write("pygrub", "sleep 60 & wait");
        Expect(true, 7, $"sh {loader} --args=--output-directory=/x/bootloader.3.d --output-directory=/var/lib/xen/bootloader.7.d --output-directory=/x/bootloader.8.d /dev/vg/web1 & wait", "restore x");
    }

    private void Expect(bool creates, int? loads, string script, string words)
    {
        using var xl = ChildProcess.Start(new SpawnRequest("/bin/sh", ["xl", scratch.Write("xl", script), .. words.Split(' ')], ["PATH=/usr/bin:/bin"]) { NewSession = true });
        try
        {
            Assert.That(() => ProcessTable.Children(xl.Pid).Any() ? DomainMaker.OfXl(xl.Pid) : null, Is.EqualTo(new DomainMaker(xl.Pid, creates, loads)).After(10_000, 20));
        }
        finally
        {
            Mono.Unix.Native.Syscall.kill(-xl.Pid, Mono.Unix.Native.Signum.SIGKILL);
            xl.Wait(Timeout.InfiniteTimeSpan);
        }
    }
}
