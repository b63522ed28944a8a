using XenShell.Core.Jobs;

namespace XenShell.Tests.Worker;

public sealed class RawBuildTests : WorkerTest
{
    // debugfs ends with 0 whatever happened
    [Test]
    public void AnOverlayThatDoesNotFitIsRefused()
    {
        Disk("srv/web1.img", 8 * Mib);
        Built("filler", new string('x', (int)(7.2 * Mib)));
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext2", "-m", "0", "-N", "24", "-d", Host.At("srv/build"), image]);
        Assert.That(Work(Order()).Result, Is.EqualTo("the new system could not be set up; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    private string image = "";

    [SetUp]
    public void Fill()
    {
        Built("etc/hostname", "a template\n");
        Built("etc/motd", "a new system\n");
        image = Disk("srv/template", 8 * Mib);
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", "-d", Host.At("srv/build"), image]);
        Image($"method = raw\nsource = {image}");
    }

    [Test]
    public void AFileSystemIsCopiedGrownAndSetUp()
    {
        var job = Work(Order());
        Assert.That(job.Stage, Is.EqualTo(JobStage.Built), $"{job.Result}\n{string.Join('\n', Store.LogTail(job.Id, 20))}");
        Assert.That(Inside("cat /etc/motd"), Is.EqualTo("a new system\n"));
        Assert.That(Inside("cat /etc/hostname"), Is.EqualTo("web1\n"));
        Assert.That(Inside("cat /etc/fstab"), Does.StartWith("/dev/xvda2 / auto"));
        Assert.That(Inside("stat /etc/fstab"), Does.Contain("Mode:  0644").And.Contain("User:     0   Group:     0"));
        Assert.That(Run("/usr/sbin/dumpe2fs", ["-h", Host.At("srv/web1.img.xs-new-abc234")]), Does.Contain($"Block count:              {24 * Mib / 1024}"));
        Assert.That(Directory.Exists(Host.At("run/xen-shell/work/abc234")), Is.True, "goes with the job's end");
    }

    [Test]
    public void AnImageThatIsLargerThanTheDiskIsRefused()
    {
        Disk("srv/template", 25 * Mib);
        Assert.That(Work(Order()).Result, Is.EqualTo("the image has 25 MiB, and the disk 24; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    // a disk with a partition table, or an archive by mistake
    [Test]
    public void WhatIsNoFileSystemIsRefused()
    {
        File.WriteAllText(image, new string('x', 100_000));
        Assert.That(Work(Order()).Result, Is.EqualTo("the image is no whole ext2, ext3 or ext4 file system; web1 is as it was"));
    }

    [Test]
    public void AnImageWithoutASystemIsRefused()
    {
        Run("/usr/sbin/mke2fs", ["-q", "-F", "-t", "ext4", image]);
        Assert.That(Work(Order()).Result, Is.EqualTo("the image holds no system: it has no /etc; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }
}
