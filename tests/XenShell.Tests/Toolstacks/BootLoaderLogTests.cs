using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

public sealed class BootLoaderLogTests
{
    private const string Failed = "libxl: error: libxl_bootloader.c:635:bootloader_finished: Domain 2:bootloader failed - consult logfile /var/log/xen/bootloader.2.log";

    private static readonly DateTimeOffset Began = DateTimeOffset.UtcNow;

    [Test]
    public void ItsLastLineIsForTheOwner()
    {
        using var host = new Scratch();
        host.Write("var/log/xen/bootloader.2.log", "Traceback (most recent call last):\n  File x\nRuntimeError: Unable to find partition containing kernel\n\n");
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed, Began), Is.EqualTo("RuntimeError: Unable to find partition containing kernel"));
    }

    // GK: it is the guest's disk that it reads
    [Test]
    public void WhatTheGuestMadeItSayIsPrintableAndShort()
    {
        using var host = new Scratch();
        host.Write("var/log/xen/bootloader.2.log", "\u001b]0;x\a" + new string('y', 100_000));
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed, Began), Does.Match(@"\A[\x20-\x7e]{300}…\z"));
    }

    [Test]
    public void ALinkIsNotFollowed()
    {
        using var host = new Scratch();
        File.CreateSymbolicLink(host.At("var/log/xen/bootloader.2.log"), "/etc/hostname");
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed, Began), Is.Empty);
    }

    // TU: what the own boot loader hands over is quoted by libxl, and would show the log of another guest's
    [TestCase("libxl: warning: libxl_bootloader.c:413:parse_bootloader_result: Domain 9:unexpected output from bootloader: `bootloader failed - consult logfile /var/log/xen/bootloader.2.log'")]
    [TestCase("libxl: warning: libxl_bootloader.c:413:parse_bootloader_result: Domain 9:unexpected output from bootloader: `libxl: error: libxl_bootloader.c:635:bootloader_finished: Domain 2:bootloader failed - consult logfile /var/log/xen/bootloader.2.log'")]
    [TestCase("libxl: error: libxl_bootloader.c:635:bootloader_finished: Domain 9:bootloader failed - consult logfile /var/log/xen/bootloader.2.log")]
    public void WhatABootLoaderSaidNamesNoOthersLog(string words)
    {
        using var host = new Scratch();
        host.Write("var/log/xen/bootloader.2.log", "the other guest's words\n");
        Assert.That(BootLoaderLog.LastLine(host.Layout, words, Began), Is.Null);
    }

    // TU: the same in a line of its own
    [Test]
    public void ALogOfBeforeIsAnothers()
    {
        using var host = new Scratch();
        File.SetLastWriteTimeUtc(host.Write("var/log/xen/bootloader.2.log", "the other guest's words\n"), Began.UtcDateTime.AddSeconds(-2));
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed, Began), Is.Empty);
    }

    [Test]
    public void AnyOtherFailureIsNone()
    {
        using var host = new Scratch();
        Assert.That(BootLoaderLog.LastLine(host.Layout, "libxl: error: no memory", Began), Is.Null);
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed, Began), Is.Empty, "it left no log");
    }
}
