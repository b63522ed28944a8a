using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Names;
using XenShell.Core.Native;
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
        var web2 = Guest("web2", $"{image}.link,,xvda,{ours}");
        using (Take(Guest("web1", $"file:{image},xvda,{theirs}"), out var none))
        {
            Assert.That(none, Is.Empty);
            using var second = Take(web2, out var others);
            Assert.That(Find(web2, others.SelectMany(claim => claim))?.With.Holder, Is.EqualTo(isFree ? null : "web1"));
        }

        using var last = Take(web2, out var gone);
        Assert.That(gone, Is.Empty);
        Assert.That(Directory.GetFiles($"{host.Layout.RunFolder}/claims"), Has.Length.EqualTo(1), "and what nobody has any more is cleared away");
    }

    [Test]
    public void AGuestsOwnClaimKeepsItFromNothing()
    {
        var web1 = Guest("web1", $"{host.Write("a.img", "")},,xvda,w");
        using var first = Take(web1, out _);
        using var second = Take(web1, out var others);
        Assert.That(others, Is.Empty);
        first.Dispose();
        using var web2 = Take(Guest("web2", "r0,,xvda,w"), out others);
        Assert.That(others.Select(claim => claim.Key), Is.EqualTo(new[] { "web1" }), "whose second claim stands");
    }

    // between two lives of a guest there is no domain
    [Test]
    public void WhoeverInheritsAClaimKeepsIt()
    {
        var image = host.Write("a.img", "");
        ChildProcess xl;
        using (var claim = Take(Guest("web1", $"{image},,xvda,w"), out _))
        {
            xl = ChildProcess.Start(new SpawnRequest("/bin/sh", ["/bin/sh", "-c", "sleep 60 & wait"], []) { Kept = claim.Held, NewSession = true });
        }

        using (xl)
        {
            using var web2 = Take(Guest("web2", $"{image},,xvda,w"), out var others);
            Assert.That(others["web1"].Count(), Is.EqualTo(1));
            Mono.Unix.Native.Syscall.kill(-xl.Pid, Mono.Unix.Native.Signum.SIGKILL);
            xl.Wait(Timeout.InfiniteTimeSpan);
        }

        Assert.That(
            () =>
            {
                using var web3 = Take(Guest("web3", $"{image},,xvda,w"), out var others);
                return others["web1"].Any();
            },
            Is.False.After(10_000, 10));
    }

    // GK: an unprivileged boot loader or QEMU that was taken over claims another guest's disk, or makes the claim one that nobody can read
    [Test]
    public void AnHeirOfAClaimCannotWriteIt()
    {
        using var claim = Take(Guest("web1", $"{host.Write("a.img", "")},,xvda,w"), out _);
        using var heir = ChildProcess.Start(new SpawnRequest("/bin/sh", ["/bin/sh", "-c", "[ -e /dev/fd/3 ] || exit 9; echo w name x >&3"], []) { Kept = claim.Held });
        Assert.That(heir.Wait(Timeout.InfiniteTimeSpan), Is.Not.AnyOf(0, 9));
        using var second = Take(Guest("web2", "r0,,xvda,w"), out var others);
        Assert.That((others["web1"].Count(), second.Unread.Count), Is.EqualTo((1, 0)));
    }

    // one walk through a large xenstore takes seconds, and is made under a lock of its own
    [Test]
    public void WhoeverAsksTheStoreKeepsNobodyFromAClaim()
    {
        var web1 = Guest("web1", $"{host.Write("a.img", "")},,xvda,w");
        var claims = 0;
        new SharedSnapshot<DomainDisk>(host.Layout, "disks", TimeSpan.FromSeconds(1), DomainDisk.Of).Get(_ =>
        {
            using var claim = Take(web1, out var _);
            claims++;
            return [];
        });
        Assert.That(claims, Is.EqualTo(1));
    }

    // block-drbd: the guest's file has a name, and the running domain the device that a script made of it
    [Test]
    public void WhatAScriptMadeOfANameIsKnownByTheName()
    {
        HeldDisk[] held = [.. HeldBy(new DomainDisk(3, "r0", true, 147 << 8))];
        Assert.That(Find(Guest("web1", "drbd:r0,xvda,w"), held)?.With.Holder, Is.EqualTo("domain 3"));
    }

    // an LV that root renamed under a running guest: its path leads nowhere, and the device is the same
    [Test]
    public void ADeviceIsKnownByItsNumber()
    {
        var held = HeldBy(new DomainDisk(3, host.Write("a.img", ""), true, 0xFE00)).Single();
        Assert.That(held, Is.EqualTo(new HeldDisk(DiskIdentity.OfDevice(0xFE00), true, "domain 3")));
    }

    [Test]
    public void WhatADriverDomainServesIsNotTheHosts()
    {
        var image = host.Write("a.img", "");
        HeldDisk[] held = [.. HeldBy(new DomainDisk(3, image, true))];
        Assert.That(Find(Guest("web1", $"format=raw,vdev=xvda,backend=storage,target={image}"), held), Is.Null);
        Assert.That(Find(Guest("web1", $"format=raw,vdev=xvda,backend=Domain-0,target={image}"), held)?.Disk.Device, Is.EqualTo("xvda"));
        Assert.That(Find(Guest("web1", $"format=raw,vdev=xvda,script=block-x,target={image}"), held)?.Disk.Device, Is.EqualTo("xvda"));
    }

    [Test]
    public void AnIdentityIsReadAsItIsWritten()
    {
        var file = Look(host.Write("a.img", "")).Single();
        Assert.That(file.ToString(), Does.StartWith("file "));
        Assert.That(DiskIdentity.Parse(file.ToString()), Is.EqualTo(file));
        Assert.That(DiskIdentity.Parse("device 65024"), Is.EqualTo(DiskIdentity.OfDevice(65024)));
        Assert.That(DiskIdentity.Parse("name a  b"), Is.EqualTo(DiskIdentity.OfName("a  b")));
        Assert.That(new[] { "", "device", "device x", "file 1", "file 1 2 3", "folder 1 2", "name", }.Select(DiskIdentity.Parse), Is.All.Null);
    }

    // xl's own look, QEMU and Xen's scripts do not begin at the same place
    [Test]
    public void ATargetThatIsNotAbsoluteMayBeInTwoPlaces()
    {
        var image = host.Write("a.img", "");
        Assert.That(Look(image[1..]), Is.EqualTo(Look(image)));
        Assert.That(Look($"xs/../../{image[1..]}"), Is.EqualTo(new[] { DiskIdentity.OfName($"xs/../../{image[1..]}") }), "there is no such folder");
        Assert.That(Look($"disk/../../{image[1..]}"), Is.EqualTo(Directory.Exists("/dev/disk") ? Look(image) : [DiskIdentity.OfName($"disk/../../{image[1..]}")]));
    }

    [Test]
    public void WhatLeadsNowhereIsKnownByItsName() => Assert.That(Look("r0"), Is.EqualTo(new[] { DiskIdentity.OfName("r0") }), "a script knows it");

    [TestCase("")]
    [TestCase("null")]
    [TestCase("/dev/null")]
    [TestCase("/")]
    public void WhatCannotBeADiskIsNone(string target) => Assert.That(Look(target), Is.Empty);

    // a killed stat, a path that is too long, an error of the disk: nobody knows, and that is not "nothing there"
    [Test]
    public void WhatCannotBeSaidIsNotMissing()
    {
        var look = new TargetLook();
        var tooLong = "/" + string.Join('/', Enumerable.Repeat(new string('a', 250), 20));
        look.Add([tooLong]);
        Assert.That(look.Silent, Is.EqualTo(new[] { tooLong }));
        Assert.That(look.Of(tooLong), Is.Empty);
    }

    [Test]
    public void BytesThatAreNoTextAreAPathAllTheSame()
    {
        var image = host.Write("a.img", "");
        var odd = host.At("\u00ff.img");
        Assert.That(Run("/bin/ln", [image, odd]), Is.Zero);
        Assert.That(Look(odd), Is.EqualTo(Look(image)));
        Assert.That(Run("/bin/rm", [odd]), Is.Zero);

        static int? Run(string program, string[] arguments)
        {
            using var child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], []) { HasByteArguments = true });
            return child.Wait(Timeout.InfiniteTimeSpan);
        }
    }

    [Test]
    public void AClaimThatNobodyCouldReadIsNotMade() =>
        Assert.That(() => Take(Guest("web1", string.Join("','", Enumerable.Range(0, 400).Select(i => $"/{new string('x', 200)}{i},raw,xvda,w"))), out _), Throws.InstanceOf<IOException>());

    private DiskClaim Take(Guest guest, out ILookup<string, HeldDisk> others) =>
        DiskClaim.Take(host.Layout, guest.Name, HeldDisk.Of(guest.Name.Text, GuestDisk.AllOf(guest), Looked(GuestDisk.AllOf(guest).Select(disk => disk.LookedAt))), out others);

    private static SharedDisk? Find(Guest guest, IEnumerable<HeldDisk> held) =>
        Looked(GuestDisk.AllOf(guest).Select(disk => disk.LookedAt)) is var look
            ? SharedDisk.Find(GuestDisk.AllOf(guest), look, new DiskParts(GuestDisk.AllOf(guest).SelectMany(disk => disk.Identities(look)), look), [.. held], new TargetLook())
            : null;

    private static IEnumerable<DiskIdentity> Look(string target) => Looked([target]).Of(target);

    private static TargetLook Looked(IEnumerable<string?> targets)
    {
        var look = new TargetLook();
        look.Add(targets.OfType<string>());
        return look;
    }

    private static IEnumerable<HeldDisk> HeldBy(DomainDisk disk) => HeldDisk.Of(disk, Looked([HeldDisk.LookedAt(disk)]));

    private static Guest Guest(string name, string disk) =>
        new(GuestName.Parse(name), $"/etc/xen/{name}.cfg") { Bytes = Encoding.UTF8.GetBytes($"disk = [ '{disk}' ]\n"), Grants = [], Blacklist = Blacklist.Empty };
}
