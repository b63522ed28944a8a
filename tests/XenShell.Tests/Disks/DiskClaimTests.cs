using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Disks;

/// <summary>Two guests with one disk: the second is told, whatever path it has for it.</summary>
public sealed class DiskClaimTests
{
    private Scratch host = null!;

    [SetUp]
    public void Setup() => host = new Scratch();

    [TearDown]
    public void TearDown() => host.Dispose();

    [TestCase("w", "r", false)]
    [TestCase("r", "w", false)]
    [TestCase("r", "r", true)]
    public void WhoIsStartedAtTheSameMomentIsSeen(string theirs, string ours, bool isFree)
    {
        var image = host.Write("a.img", "");
        File.CreateSymbolicLink(image + ".link", image);
        using var first = Claim(Guest("web1", $"file:{image},xvda,{theirs}"));
        var web2 = Guest("web2", $"{image}.link,,xvda,{ours}");
        using (var second = DiskClaim.TryTake(host.Layout, web2, out var shared))
        {
            Assert.That(second is not null, Is.EqualTo(isFree));
            Assert.That(shared?.With.Holder, Is.EqualTo(isFree ? null : "web1, which is being started"));
        }

        first.Dispose();
        Claim(web2).Dispose();
        Assert.That(Directory.GetFiles($"{host.Layout.RunFolder}/starting"), Is.Empty);
    }

    [Test]
    public void AClaimWhoseHolderDiedHoldsNothing()
    {
        var image = host.Write("a.img", "");
        Claim(Guest("web1", $"{image},,xvda,w")).Dispose();
        File.WriteAllText($"{host.Layout.RunFolder}/starting/web1", $"w {DiskIdentity.Of(image)}\n");
        Claim(Guest("web2", $"{image},,xvda,w")).Dispose();
        Assert.That(File.Exists($"{host.Layout.RunFolder}/starting/web1"), Is.False);
    }

    // an LV that root renamed under a running guest: its path leads nowhere, and the device is the same
    [Test]
    public void ADeviceIsKnownByItsNumber()
    {
        var held = HeldDisk.Of(new DomainDisk(3, "/dev/vg0/renamed", true, 0xFE00)).Single();
        Assert.That(held, Is.EqualTo(new HeldDisk(DiskIdentity.OfDevice(0xFE00), true, "domain 3")));
    }

    [Test]
    public void WhatADriverDomainServesIsNotTheHosts()
    {
        var image = host.Write("a.img", "");
        HeldDisk[] held = [.. HeldDisk.Of(new DomainDisk(3, image, true))];
        Assert.That(SharedDisk.Find(Guest("web1", $"format=raw,vdev=xvda,backend=storage,target={image}"), held), Is.Null);
        Assert.That(SharedDisk.Find(Guest("web1", $"format=raw,vdev=xvda,backend=Domain-0,target={image}"), held)?.Disk.Device, Is.EqualTo("xvda"));
        Assert.That(SharedDisk.Find(Guest("web1", $"format=raw,vdev=xvda,script=block-x,target={image}"), held)?.Disk.Device, Is.EqualTo("xvda"));
    }

    [Test]
    public void AnIdentityIsReadAsItIsWritten()
    {
        var file = DiskIdentity.Of(host.Write("a.img", ""));
        Assert.That(file, Is.Not.Null);
        Assert.That(DiskIdentity.Parse(file.ToString()!), Is.EqualTo(file));
        Assert.That(DiskIdentity.Parse("device 65024"), Is.EqualTo(DiskIdentity.OfDevice(65024)));
        Assert.That(new[] { "", "device", "device x", "file 1", "file 1 2 3", "folder 1 2" }.Select(DiskIdentity.Parse), Is.All.Null);
        Assert.That(new[] { "", "a.img", "/dev/null", "/", host.Layout.RunFolder + "/none" }.Select(DiskIdentity.Of), Is.All.Null);
    }

    private DiskClaim Claim(Guest guest) => DiskClaim.TryTake(host.Layout, guest, out _) ?? throw new AssertionException("it was not to be had");

    private static Guest Guest(string name, string disk) =>
        new(GuestName.Parse(name), $"/etc/xen/{name}.cfg") { Bytes = Encoding.UTF8.GetBytes($"disk = [ '{disk}' ]\n"), Grants = [], Blacklist = Blacklist.Empty };
}
