using XenShell.Core.Volumes;

namespace XenShell.Tests.Volumes;

public sealed class VolumeKindTests
{
    private const long Size = 1 << 20;
    private Scratch host = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        Directory.CreateDirectory(host.At("srv"), (UnixFileMode)0b111_101_101);
    }

    [TearDown]
    public void Clear() => host.Dispose();

    [TestCase("/dev/vg0/web1-disk")]
    [TestCase("/dev/mapper/vg0-web1--disk")]
    [TestCase("/dev/mapper/my--group-web1")]
    public void ALogicalVolumeIsKnownByItsName(string path) => Assert.That(VolumeKind.Of(host.Layout, path), Is.TypeOf<LogicalVolumes>());

    [Test]
    public void TheMappersNamesAreRead()
    {
        Assert.That(LogicalVolumes.TryName("/dev/mapper/my--group-web1--disk", out var group, out var name), Is.True);
        Assert.That((group, name), Is.EqualTo(("my-group", "web1-disk")));
    }

    // CA: a whole disk, another name of it, a path that says more than a path
    [TestCase("/dev/sda")]
    [TestCase("/dev/disk/sda")]
    [TestCase("/dev/xen/blktap0")]
    [TestCase("/dev/vg0/-f")]
    [TestCase("/dev/-f/web1")]
    [TestCase("/dev/vg0/web1_rimage_0")]
    [TestCase("/dev/vg0/../sda")]
    [TestCase("/dev/vg0/a/b")]
    [TestCase("/dev/vg0/web1\"||lv_name=x")]
    [TestCase("/srv/xen/../../etc/shadow")]
    [TestCase("/srv/xen/")]
    [TestCase("/srv/xen/disk .img")]
    [TestCase("srv/disk.img")]
    public void AnythingElseIsRefused(string path) => Assert.That(VolumeKind.Of(host.Layout, path), Is.Null);

    [Test]
    public void AFileIsMadeRenamedAndRemoved()
    {
        var path = host.At("srv/disk.img");
        var files = VolumeKind.Of(host.Layout, path)!;
        Assert.That(files.Find(path), Is.Null);
        Assert.That(files.Problem(path), Does.Contain("missing"));

        files.Create(path, Like(Size));
        Assert.That(files.Find(path), Has.Property("Bytes").EqualTo(Size));
        Assert.That(files.Problem(path), Is.Null);

        var beside = VolumeKind.NameBeside(path, "old", "abc234");
        var identity = files.Find(path)!.Identity;
        files.Rename(path, beside);
        Assert.That(files.Find(beside)!.Identity, Is.EqualTo(identity));

        files.Remove(beside);
        Assert.That(files.Find(beside), Is.Null);
    }

    // CA: the guest's disk was one that its own user can read, or a group
    [Test]
    public void ANewFileIsOpenToWhomTheOldOneIs()
    {
        var (path, old) = (host.At("srv/disk.img"), host.Write("srv/old", "x"));
        File.SetUnixFileMode(old, (UnixFileMode)0b110_100_000);
        var files = VolumeKind.Of(host.Layout, path)!;
        files.Create(path, files.Find(old)!);
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo((UnixFileMode)0b110_100_000));
    }

    // CA: an old disk was removed by hand, and what was made next got its inode
    [Test]
    public void AFileThatGotTheInodeOfAnotherIsAnother()
    {
        var path = host.At("srv/disk.img");
        var files = VolumeKind.Of(host.Layout, path)!;
        var seen = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            host.Write("srv/disk.img", "x");
            Assert.That(seen.Add(files.Find(path)!.Identity), Is.True);
            File.Delete(path);
        }
    }

    [TestCase("/dev/mapper/vg0-web1--disk", "/dev/vg0/web1-disk")]
    [TestCase("/dev/vg0/web1-disk", "/dev/vg0/web1-disk")]
    [TestCase("/dev/mapper/mpatha", "/dev/mapper/mpatha")]
    [TestCase("/srv/xen/disk.img", "/srv/xen/disk.img")]
    public void WhatIsMadeBesideAVolumeHasAName(string path, string name)
    {
        Assert.That(VolumeKind.NameOf(path), Is.EqualTo(name));
        var beside = VolumeKind.NameBeside(name, "new", "abc234");
        Assert.That(VolumeKind.Of(host.Layout, beside) is null, Is.EqualTo(VolumeKind.Of(host.Layout, path) is null));
    }

    // CA: the name of the new one would be too long, and nothing could be found or removed by it
    [TestCase(241, null)]
    [TestCase(242, "its image file has too long a name to make another one beside it")]
    public void AVolumeOfALongNameIsRefusedBeforeAnythingIsMade(int length, string? problem)
    {
        var path = host.Write($"srv/{new string('x', length)}", "x");
        Assert.That(VolumeKind.Of(host.Layout, path)!.Problem(path), Is.EqualTo(problem));
    }

    [Test]
    public void NothingIsReplaced()
    {
        var (one, two) = (host.At("srv/one"), host.At("srv/two"));
        var files = VolumeKind.Of(host.Layout, one)!;
        files.Create(one, Like(Size));
        files.Create(two, Like(2 * Size));
        Assert.That(() => files.Rename(one, two), Throws.TypeOf<VolumeException>());
        Assert.That(() => files.Create(two, Like(Size)), Throws.TypeOf<VolumeException>());
        Assert.That(files.Find(two)!.Bytes, Is.EqualTo(2 * Size));
    }

    [Test]
    public void AFullDiskLeavesNothingBehind()
    {
        var path = host.At("srv/large");
        var files = VolumeKind.Of(host.Layout, path)!;
        Assert.That(() => files.Create(path, Like(files.Room(path).Free + (1L << 40))), Throws.TypeOf<VolumeException>());
        Assert.That(File.Exists(path), Is.False);
    }

    // TU: a folder that a tenant can write, where a name is somebody else's in the next moment
    [Test]
    public void AFolderThatOthersCanWriteIsNotWorkedIn()
    {
        var path = host.At("srv/disk.img");
        var files = VolumeKind.Of(host.Layout, path)!;
        files.Create(path, Like(Size));
        File.SetUnixFileMode(host.At("srv"), (UnixFileMode)0b111_111_111);
        Assert.That(() => files.Find(path), Throws.TypeOf<VolumeException>());
        Assert.That(() => files.Rename(path, path + "2"), Throws.TypeOf<VolumeException>());
        Assert.That(() => files.Remove(path), Throws.TypeOf<VolumeException>());
        Assert.That(File.Exists(path), Is.True);
    }

    [Test]
    public void ALinkOrAFolderIsNoVolume()
    {
        var path = host.At("srv/link");
        File.CreateSymbolicLink(path, host.Write("srv/target", "x"));
        var files = VolumeKind.Of(host.Layout, path)!;
        Assert.That(() => files.Find(path), Throws.TypeOf<VolumeException>());
        Assert.That(() => files.Find(host.At("srv")), Throws.TypeOf<VolumeException>());
    }

    private Volume Like(long bytes) => new(File.Exists(host.At("srv/like")) ? host.At("srv/like") : host.Write("srv/like", "x"), "", bytes);
}
