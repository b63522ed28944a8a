using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Worker;
using XenShell.Worker.Building;
using XenShell.Worker.Systems;

namespace XenShell.Tests.Worker;

/// <summary>What a file system may cost that a tenant has made to be read by root.</summary>
public sealed class DebugFsTests : WorkerTest
{
    private Job job = null!;
    private Fd mine = null!;

    [SetUp]
    public void Begin()
    {
        job = Order();
        mine = Store.TryLock(job.Id)!;
    }

    [TearDown]
    public void End() => mine.Dispose();

    // a storage that does not answer, or a file system that leads in circles
    [Test]
    public void ADiskThatCannotBeReadInTimeIsGivenUp()
    {
        var disk = Host.At("srv/silent");
        FileSystem.CreateFifo(disk);
        Assert.That(() => Of(disk, WorkerLimits.DebugFs with { Time = TimeSpan.FromMilliseconds(100) }).Has("etc"), Fails("debugfs took too long, and was ended"));
    }

    // a file in as many pieces as it has blocks, each of which is told
    [Test]
    public void WhatIsSaidOfAFileSystemIsBounded()
    {
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", Host.At("srv/web1.img")]);
        var system = Of(Host.At("srv/web1.img"), WorkerLimits.DebugFs with { Said = 1 });
        const string said = "debugfs said too much, and was ended";
        Assert.That(() => system.Has("etc"), Fails(said));
        Assert.That(() => system.Read("etc/shadow"), Fails(said));
        Assert.That(() => system.Put([SystemFile.Text("hostname", "web1")]), Fails(said));
    }

    // maps of blocks that take all of the host's memory, or a core file that has a guest's keys
    [Test]
    public void TheKernelKeepsToTheBounds()
    {
        Tools.Run("/bin/sh", ["-c", "for what in t v c f; do ulimit -$what; done"], bounds: WorkerLimits.DebugFs with { Written = 4096 });
        Assert.That(Store.LogTail(job.Id, 9), Is.EqualTo(new[] { "30", "1048576", "0", "8" }));
        Assert.That(Tools.Run("/bin/sh", ["-c", "while :; do :; done"], bounds: WorkerLimits.DebugFs with { ProcessorSeconds = 1 }), Is.EqualTo(128 + 9));
    }

    // killed is not "there is no such file": the keys that an image brings would be left in it
    [Test]
    public void AKilledReaderHasNotSaidThatNothingIsThere()
    {
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", Host.At("srv/web1.img")]);
        Assert.That(() => Of(Host.At("srv/web1.img"), WorkerLimits.DebugFs with { Memory = 4096 }).Has("etc"), Fails("the file system could not be read (debugfs ended with 1"));
    }

    private Tools Tools => new(Store, job.Id, mine, new Progress(Store, job.Id));

    private DebugFs Of(string volume, Bounds bounds) => new(Tools, volume, Host.At("run/xen-shell/work/abc234")) { Bounds = bounds };

    private static NUnit.Framework.Constraints.StartsWithConstraint Fails(string message) =>
        Throws.InstanceOf<JobException>().With.Message.StartsWith(message);
}
