using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

public sealed class BootLoaderLogTests
{
    private const string Failed = "libxl: error: libxl_bootloader.c:635:bootloader_finished: Domain 2:bootloader failed - consult logfile /var/log/xen/bootloader.2.log";

    [Test]
    public void ItsLastLineIsForTheOwner()
    {
        using var host = new Scratch();
        host.Write("var/log/xen/bootloader.2.log", "Traceback (most recent call last):\n  File x\nRuntimeError: Unable to find partition containing kernel\n\n");
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed), Is.EqualTo("RuntimeError: Unable to find partition containing kernel"));
    }

    // GK: it is the guest's disk that it reads
    [Test]
    public void WhatTheGuestMadeItSayIsPrintableAndShort()
    {
        using var host = new Scratch();
        host.Write("var/log/xen/bootloader.2.log", "\u001b]0;x\a" + new string('y', 100_000));
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed), Does.Match(@"\A[\x20-\x7e]{300}…\z"));
    }

    [Test]
    public void ALinkIsNotFollowed()
    {
        using var host = new Scratch();
        File.CreateSymbolicLink(host.At("var/log/xen/bootloader.2.log"), "/etc/hostname");
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed), Is.Empty);
    }

    [Test]
    public void AnyOtherFailureIsNone()
    {
        using var host = new Scratch();
        Assert.That(BootLoaderLog.LastLine(host.Layout, "libxl: error: no memory"), Is.Null);
        Assert.That(BootLoaderLog.LastLine(host.Layout, Failed), Is.Empty, "it left no log");
    }
}
