using XenShell.Core.Commands;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Names;
using XenShell.Core.Native;
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
            var path = host.At($"srv/{name}");
            VolumeKind.Of(host.Layout, path)!.Create(path, 2 << 20);
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

    // CA: a program that others can change, and root would run
    [Test]
    public void XenToolsMustBeThereAndRootsOwn()
    {
        var image = new Image("debian", "") { Method = ImageMethod.XenTools, Dist = "bookworm" };
        Assert.That(Look(image).Problems.Single(), Does.Contain("xen-tools is not installed"));

        Folders.Create(host.At("usr/bin"), mode: 0x1ED);
        var program = host.Write("usr/bin/xen-create-image", "#!/bin/sh\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        Assert.That(Look(image).Problems, Is.Empty);

        File.SetUnixFileMode(program, (UnixFileMode)0b111_111_101);
        Assert.That(Look(image).Problems.Single(), Does.Contain("not safe to run").And.Not.Contains(host.Folder));
        Assert.That(Look(image).Record, Does.Contain("can be written by others"));
    }

    private Preflight Look(Image image, bool isUp = false, bool shutsDown = false)
    {
        var lines = $"name = 'web1'\ndisk = ['file:{host.At("srv/web1-swap")},xvda1,w', 'file:{host.At("srv/web1.img")},xvda2,w']\nroot = '/dev/xvda2 ro'\n";
        var guest = new Guest(GuestName.Parse("web1"), host.At("etc/xen/web1.cfg"))
        {
            Bytes = System.Text.Encoding.ASCII.GetBytes(lines), Grants = [], Blacklist = Blacklist.Empty, Memory = 256,
        };
        return Preflight.Of(host.Layout, new ReimageOrder(guest, image, isUp, shutsDown, KeepsHostKeys: false));
    }
}
