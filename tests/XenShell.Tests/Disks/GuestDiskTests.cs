using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Tests.Disks;

/// <summary>xl-disk-configuration(5), and the lines that xen-tools and people have written since 2005.</summary>
public sealed class GuestDiskTests
{
    [TestCase("phy:/dev/vg0/web1-disk,xvda2,w", "/dev/vg0/web1-disk", "xvda2")]
    [TestCase("file:/srv/xen/web1/disk.img,xvda,w", "/srv/xen/web1/disk.img", "xvda")]
    [TestCase("tap:aio:/srv/xen/web1/disk.img,xvda,w", "/srv/xen/web1/disk.img", "xvda")]
    [TestCase("/dev/vg0/web1,raw,xvda,rw", "/dev/vg0/web1", "xvda")]
    [TestCase("/dev/vg0/web1,,xvda", "/dev/vg0/web1", "xvda")]
    [TestCase("format=raw, vdev=xvda, access=rw, target=/dev/vg0/web1", "/dev/vg0/web1", "xvda")]
    [TestCase("vdev=xvda,backendtype=qdisk,discard,target=/srv/a.img", "/srv/a.img", "xvda")]
    public void APlainDisk(string line, string target, string device)
    {
        var disk = GuestDisk.Parse(line);
        Assert.That(disk, Is.EqualTo(new GuestDisk(target, device, IsWritable: true, IsPlain: true) { MustBeThere = !line.Contains("qdisk", StringComparison.Ordinal) }));
    }

    [TestCase("/srv/a.qcow2,qcow2,xvda,w")]
    [TestCase("tap:qcow2:/srv/a.qcow2,xvda,w")]
    [TestCase("format=raw,vdev=xvda,script=block-drbd,target=r0")]
    [TestCase("format=raw,vdev=xvda,backend=storage,target=/dev/vg0/a")]
    [TestCase("/srv/a.iso,raw,hdc,ro,cdrom")]
    [TestCase("format=raw,vdev=hdc,devtype=cdrom,target=/srv/a.iso")]
    [TestCase("phy:vg0/web1,xvda,w")]
    [TestCase("/dev/vg0/web1,raw,xvda:cdrom,r")]
    [TestCase("colo,/dev/vg0/web1,raw,xvda,w")]
    public void ADiskThatIsNotPlainIsNoDiskToTouch(string line) => Assert.That(GuestDisk.Parse(line), Has.Property("IsPlain").False);

    // strtoul(3) into 32 bits
    [TestCase("0", true)]
    [TestCase("", true)]
    [TestCase(" +00", true)]
    [TestCase("4294967296", true)]
    [TestCase("Domain-0", true)]
    [TestCase("1", false)]
    [TestCase("4294967297", false)]
    [TestCase("99999999999999999999", false)]
    [TestCase(" ", false)]
    [TestCase("0x0", false)]
    [TestCase("storage", false)]
    public void WhoseDiskItIsIsReadAsLibxlDoes(string backend, bool isHostsOwn) =>
        Assert.That(GuestDisk.Parse($"format=raw,vdev=xvda,backend={backend},target=/dev/vg0/a")!.Backend is null, Is.EqualTo(isHostsOwn));

    [TestCase("")]
    [TestCase("/dev/vg0/web1")]
    [TestCase("/dev/vg0/web1,raw,xvda,w,x,y")]
    [TestCase("/dev/vg0/web1,raw,xvda,wr")]
    [TestCase("/dev/vg0/web1,row,xvda,w")]
    [TestCase("/dev/vg0/web1\n,raw,xvda,w")]
    public void WhatXlRefusesIsNoDisk(string line) => Assert.That(GuestDisk.Parse(line), Is.Null);

    [Test]
    public void TheSystemIsWhereTheKernelLooksForIt()
    {
        var disks = Of("disk = ['phy:/dev/vg0/data,xvdb,w', 'phy:/dev/vg0/web1-swap,xvda1,w', 'phy:/dev/vg0/web1-disk,xvda2,w']\nroot = '/dev/xvda2 ro'");
        Assert.That(disks.Root!.Target, Is.EqualTo("/dev/vg0/web1-disk"));
        Assert.That(disks.Swap!.Target, Is.EqualTo("/dev/vg0/web1-swap"));
        Assert.That(Of("disk = ['phy:/dev/vg0/data,xvdb,w', 'phy:/dev/vg0/web1,xvda,w']\nextra = 'console=hvc0 root=/dev/xvda'").Root!.Device, Is.EqualTo("xvda"));
    }

    // TU: a customer's data disk was taken for his system, replaced, and removed three days later
    [TestCase("cmdline = 'root=/dev/xvda ro console=hvc0'")]
    [TestCase("cmdline = 'root=/dev/xvda ro'\nroot = '/dev/xvdb'")]
    [TestCase("extra = 'resume=/dev/xvdb root=/dev/xvda ro'")]
    [TestCase("root = '/dev/xvdb ro'\nextra = 'root=/dev/xvda'")]
    [TestCase("root = '/dev/xvda'\nkernel = '/boot/vmlinuz'\ntype = 'hvm'")]
    public void TheSystemIsWhereXlTellsTheKernel(string lines) =>
        Assert.That(Of($"disk = ['/srv/data.img,raw,xvdb,w', '/srv/root.img,raw,xvda,w']\n{lines}").Root?.Device, Is.EqualTo("xvda"));

    [TestCase("")]
    [TestCase("root = 'UUID=0123 ro'")]
    [TestCase("extra = 'rd.root=/dev/xvda'")]
    [TestCase("type = 'hvm'")]
    [TestCase("type = 'hvm'\nroot = '/dev/xvda'")]
    [TestCase("builder = 'hvm'\nbootloader = 'pygrub'")]
    [TestCase("builder = 'hvm'\nkernel = '/usr/lib/xen/boot/hvmloader'\nroot = '/dev/xvdb'")]
    public void OfTwoDisksNeitherIsTheSystemWhereNothingSaysIt(string lines) =>
        Assert.That(Of($"disk = ['/srv/data.img,raw,xvdb,w', '/srv/root.img,raw,xvda,w']\n{lines}").Problem, Does.StartWith("it cannot be said on which of its disks"));

    // a system that is only read is one all the same
    [Test]
    public void ADiskThatIsOnlyReadMayBeTheSystem() =>
        Assert.That(Of("disk = ['/srv/base.img,raw,xvda,r', '/srv/data.img,raw,xvdb,w']\nroot = 'LABEL=base'").Problem, Does.StartWith("it cannot be said on which of its disks"));

    [Test]
    public void ABootLoaderLooksAtTheFirstDisk()
    {
        const string two = "disk = ['/srv/root.img,raw,xvda,w', '/srv/data.img,raw,xvdb,w']\nbootloader = 'pygrub'\n";
        Assert.That(Of(two).Root!.Device, Is.EqualTo("xvda"));
        Assert.That(Of(two + "root = '/dev/xvdb'").Problem, Does.StartWith("its kernel is on its first disk, and its system on xvdb"));
    }

    [TestCase("disk = ['/srv/a.img,raw,xvda,w', '/srv/a-swap,raw,xvdb,w', '/srv/a.iso,raw,hdc,ro,cdrom']")]
    [TestCase("disk = ['/srv/a-swap,raw,xvda1,w', '/srv/a.img,raw,xvda2,w']")]
    public void TheOnlyDiskIsTheSystem(string lines) => Assert.That(Of(lines).Root!.Target, Is.EqualTo("/srv/a.img"));

    [TestCase("", "no disk")]
    [TestCase("disk = ['phy:/dev/vg0/web1,xvda,r']", "cannot be written")]
    [TestCase("disk = ['/srv/a.qcow2,qcow2,xvda,w']", "neither")]
    [TestCase("disk = ['nonsense']", "not understood")]
    [TestCase("disk = ['phy:/dev/vg0/web1,xvda,w']\nroot = '/dev/xvda1 ro'", "is on xvda1, which is none of its disks")]
    public void WithoutASystemDiskItSaysWhy(string lines, string why)
    {
        var disks = Of(lines);
        Assert.That(disks.Root, Is.Null);
        Assert.That(disks.Problem, Does.Contain(why));
    }

    private static GuestDisks Of(string lines) => GuestDisks.Of(new Guest(GuestName.Parse("web1"), "/etc/xen/web1.cfg")
    {
        Bytes = Encoding.ASCII.GetBytes($"name = 'web1'\n{lines}\n"), Grants = [], Blacklist = Blacklist.Empty,
    });
}
