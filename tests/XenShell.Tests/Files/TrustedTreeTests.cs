using System.Diagnostics;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Tests.Files;

/// <summary>TU: writable parents, links out, FIFOs, and what changes between look and use. The numbers are TrustedTree's.</summary>
public sealed class TrustedTreeTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void APlainFileIsRead() => Assert.That(Read(host.Guest("web1")).Bytes, Is.Not.Empty);

    [Test] // 1
    public void AFolderThatOthersCanWriteSpoilsAllBelow()
    {
        var file = host.Guest("web1");
        File.SetUnixFileMode(host.At("etc"), (UnixFileMode)0b111_111_101);
        Assert.That(() => Read(file), Throws.TypeOf<UntrustedFileException>());
    }

    [Test] // 1, 3
    public void AFileOfAnotherOwnerIsRefused() =>
        Assert.That(() => new TrustedTree(host.Folder, ThisProcess.RealUid + 1).Read(host.Guest("web1"), 1000), Throws.TypeOf<UntrustedFileException>());

    [Test] // 2
    public void ALinkInATrustedFolderIsFollowed()
    {
        host.Guest("web1");
        File.CreateSymbolicLink(host.At("etc/xen/auto/web1"), "../web1.cfg");
        Assert.That(Read(host.At("etc/xen/auto/web1")).Path, Is.EqualTo(host.At("etc/xen/web1.cfg")));
    }

    [Test] // 2
    public void ALinkOutOfTheTreeIsRefused()
    {
        File.CreateSymbolicLink(host.At("etc/xen/out.cfg"), "/etc/passwd");
        Assert.That(() => Read(host.At("etc/xen/out.cfg")), Throws.TypeOf<UntrustedFileException>());
    }

    [Test] // 2
    public void ALoopOfLinksEnds()
    {
        File.CreateSymbolicLink(host.At("etc/xen/a"), "b");
        File.CreateSymbolicLink(host.At("etc/xen/b"), "a");
        Assert.That(() => Read(host.At("etc/xen/a")), Throws.TypeOf<UntrustedFileException>());
    }

    [Test] // 5
    public void OnlyAPathWithoutAnEntryIsMissing()
    {
        Assert.That(() => Read(host.At("etc/xen/none")), Throws.TypeOf<ErrnoException>().With.Property("IsMissing").True);
        Assert.That(() => Read(host.At("etc/none/none")), Throws.TypeOf<ErrnoException>().With.Property("IsMissing").True);

        File.CreateSymbolicLink(host.At("etc/xen/dangling"), "none");
        File.CreateSymbolicLink(host.At("etc/folder"), "/none");
        host.Write("etc/file", "");
        Assert.That(() => Read(host.At("etc/xen/dangling")), Throws.TypeOf<UntrustedFileException>().With.Message.Contains("dangling"));
        Assert.That(() => Read(host.At("etc/folder/none")), Throws.TypeOf<UntrustedFileException>());
        Assert.That(() => Read(host.At("etc/file/none")), Throws.TypeOf<ErrnoException>().With.Property("IsMissing").False);
    }

    [Test] // 3, 4
    public void AFifoNeitherHangsNorCounts()
    {
        FileSystem.CreateFifo(host.At("etc/xen/fifo.cfg"));
        var watch = Stopwatch.StartNew();
        Assert.That(() => Read(host.At("etc/xen/fifo.cfg")), Throws.InstanceOf<IOException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test] // 3
    public void AFolderIsNoFile() => Assert.That(() => Read(host.At("etc/xen")), Throws.InstanceOf<IOException>());

    [Test]
    public void DotsDoNotLeaveTheTree() =>
        Assert.That(() => Read(host.At("etc/../../../../../../../../etc/passwd")), Throws.InstanceOf<IOException>());

    [Test]
    public void TwoNamesOfOneFileHaveOneIdentity()
    {
        var file = host.Guest("web1");
        File.CreateSymbolicLink(host.At("etc/xen/link"), "web1.cfg");
        Assert.That(Read(host.At("etc/xen/link")).Stamp, Is.EqualTo(Read(file).Stamp));
    }

    [Test]
    public void AToolMustBeAProgram()
    {
        var tree = host.Layout.TrustedTree;
        var file = host.Write("etc/tool", "#!/bin/sh\n");
        Assert.That(() => tree.RequireProgram(file), Throws.TypeOf<UntrustedFileException>());
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        Assert.That(() => tree.RequireProgram(file), Throws.Nothing);
    }

    [Test] // 1, 3
    public void WhatIsOnlyNamedIsJudgedToo()
    {
        var tree = host.Layout.TrustedTree;
        var file = host.Write("etc/archive.tar", "");
        Assert.That(tree.RequireUnchangeable(file), Is.EqualTo(file));
        Assert.That(tree.RequireUnchangeable(host.At("etc")), Is.EqualTo(host.At("etc")));
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_100);
        Assert.That(() => tree.RequireUnchangeable(file), Throws.TypeOf<UntrustedFileException>());
    }

    private TrustedFile Read(string path) => host.Layout.TrustedTree.Read(path, 1000);
}
