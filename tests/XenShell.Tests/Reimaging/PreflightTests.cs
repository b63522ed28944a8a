using XenShell.Core.Commands;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Names;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Reimaging;

public sealed class PreflightTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        Directory.CreateDirectory(host.At("srv"), (UnixFileMode)0b111_101_101);
        foreach (var name in new[] { "web1.img", "web1-swap" })
        {
            using var file = File.Create(host.At($"srv/{name}"));
            file.SetLength(2 << 20);
        }
    }

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void DiskAndSwapGetANewVolumeBesideThem()
    {
        var check = Look(new Image("debian", "") { Method = ImageMethod.Command });
        Assert.That(check.Problems, Is.Empty);
        var steps = check.Steps("abc234");
        Assert.That(steps.Select(step => step.Current), Is.EqualTo(new[] { host.At("srv/web1.img"), host.At("srv/web1-swap") }));
        Assert.That(steps[0].Incoming, Is.EqualTo(host.At("srv/web1.img.xs-new-abc234")));
        Assert.That(steps[0].IncomingIdentity, Is.Null);
        Assert.That(Directory.GetFiles(host.At("srv")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ARunningGuestIsInTheWayUnlessItMayBeShutDown()
    {
        var image = new Image("debian", "") { Method = ImageMethod.Command };
        var check = Look(image, isUp: true);
        Assert.That(check.IsOnlyAboutState, Is.True);
        Assert.That(check.Problems.Single(), Does.Contain("--shutdown"));
        Assert.That(Look(image, isUp: true, shutsDown: true).Problems, Is.Empty);
    }

    [Test]
    public void EveryProblemIsToldAtOnce()
    {
        var check = Look(new Image("debian", "") { Method = ImageMethod.Command, MinDisk = 5000, MinMemory = 512 }, isUp: true);
        Assert.That(check.Problems, Has.Some.Contains("not off").And.Some.Contains("a disk of 5000 MiB").And.Some.Contains("512 MiB of memory"));
        Assert.That(check.IsOnlyAboutState, Is.False);
    }

    [Test]
    public void ADiskTooLargeForTheImageIsTold() =>
        Assert.That(Look(new Image("debian", "") { Method = ImageMethod.Command, MaxDisk = 1 }).Problems.Single(), Does.Contain("1 MiB at most"));

    [Test]
    public void ADiskThatIsMissingIsTold()
    {
        File.Delete(host.At("srv/web1-swap"));
        Assert.That(Look(new Image("debian", "") { Method = ImageMethod.Command }).Problems.Single(), Does.Contain("its image file is missing"));
    }

    // the tenant learns what to do, the record learns why
    [Test]
    public void WhyADiskCannotBeLookedAtIsForTheRecord()
    {
        File.SetUnixFileMode(host.At("srv"), (UnixFileMode)0b111_111_111);
        var check = Look(new Image("debian", "") { Method = ImageMethod.Command });
        Assert.That(check.Problems.Single(), Does.Contain("tell the administrator").And.Not.Contains(host.Folder));
        Assert.That(check.Record, Does.Contain("can be written by others"));
    }

    [Test]
    public void WhatThisHostCannotBuildIsSaidBefore()
    {
        var check = Look(new Image("debian", "") { Method = ImageMethod.XenTools, Dist = "bookworm" });
        Assert.That(check.Problems.Single(), Does.StartWith("this host cannot build debian"));
        Assert.That(check.Record, Does.StartWith("method = xen-tools takes root"));
    }

    // the new system would come up without a network, and nobody could say why
    [Test]
    public void ANetworkThatCannotBeSetUpIsAProblem()
    {
        var check = Look(new Image("debian", "") { Method = ImageMethod.Command }, more: "vif = [ 'ip=192.0.2.7' ]\n");
        Assert.That(check.Problems.Single(), Does.Contain("how web1 would get its network cannot be said"));
        Assert.That(check.Record, Does.Contain("the netmask of 192.0.2.7 is not known"));
    }

    [TestCase("type = 'hvm'", ImageMethod.Tar, true)]
    [TestCase("type = 'hvm'\nkernel = '/boot/vmlinuz'", ImageMethod.Tar, false)]
    [TestCase("type = 'hvm'", ImageMethod.Command, false)]
    [TestCase("type = 'pvh'", ImageMethod.Tar, false)]
    [TestCase("builder = 'hvm'\nkernel = '/usr/lib/xen/boot/hvmloader'", ImageMethod.Tar, true)]
    public void AMachineWithABiosGetsNoSystemThatItCannotBoot(string lines, ImageMethod method, bool isToldSo) =>
        Assert.That(Look(new Image("debian", "") { Method = method }, more: lines).Problems, isToldSo ? Has.One.Contains("web1 is a whole machine (HVM)") : Is.Empty);

    // the new system would not be found
    [TestCase("cmdline = 'root=UUID=0123 ro'", false)]
    [TestCase("cmdline = 'root=LABEL=root ro'", true)]
    public void ARootThatANewSystemDoesNotHaveIsToldSo(string lines, bool isFound)
    {
        var problems = Look(new Image("debian", "") { Method = ImageMethod.Tar }, more: $"{lines}\ndisk = ['file:{host.At("srv/web1.img")},xvda2,w']").Problems;
        Assert.That(problems, isFound ? Is.Empty : Has.One.Contains("web1 looks for its system by root=UUID=0123, which a new one does not have"));
    }

    // others' disks that are sparse, or thin, grow into what is left
    [Test]
    public void RoomIsLeftToOthers()
    {
        var image = new Image("debian", "") { Method = ImageMethod.Command };
        Assert.That(Look(image, keepFree: 100).Problems.Single(), Does.Contain("no room for a new disk beside the old one").And.Contain(" 0 may be taken"));
        Assert.That(new VolumeRoom(1000, 300).Spare(5), Is.EqualTo(250));
    }

    [Test]
    public void OtherDisksAreNamedAndNotTouched()
    {
        var check = Look(new Image("debian", "") { Method = ImageMethod.Command }, other: $", 'file:{host.At("srv/data.img")},xvdb,w'");
        Assert.That((check.Devices, check.Untouched), Is.EqualTo((new[] { "xvda2", "xvda1" }, new[] { "xvdb" })));
        Assert.That(check.Steps("abc234"), Has.Count.EqualTo(2));
    }

    private Preflight Look(Image image, bool isUp = false, bool shutsDown = false, string other = "", string more = "", int keepFree = 1)
    {
        var lines = $"name = 'web1'\ndisk = ['file:{host.At("srv/web1-swap")},xvda1,w', 'file:{host.At("srv/web1.img")},xvda2,w'{other}]\nroot = '/dev/xvda2 ro'\n{more}";
        var guest = new Guest(GuestName.Parse("web1"), host.At("etc/xen/web1.cfg"))
        {
            Bytes = System.Text.Encoding.ASCII.GetBytes(lines), Grants = [], Blacklist = Blacklist.Empty, Memory = 256,
        };
        return Preflight.Of(host.Layout, new ReimageOrder(guest, image, isUp, shutsDown, keepFree));
    }
}
