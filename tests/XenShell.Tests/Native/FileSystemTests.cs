using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class FileSystemTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    // TU: a link in a work folder, to something that root would remove
    [Test]
    public void RemovingATreeFollowsNoLink()
    {
        Folders.Create(host.At("work/a/b"));
        var kept = host.Write("etc/kept", "x");
        File.CreateSymbolicLink(host.At("work/a/file"), kept);
        File.CreateSymbolicLink(host.At("work/a/folder"), host.At("etc"));
        Folders.RemoveTree(host.At("work"));
        Assert.That(Directory.Exists(host.At("work")), Is.False);
        Assert.That(File.ReadAllText(kept), Is.EqualTo("x"));
    }

    [Test]
    public void RemovingAMissingTreeIsFine() => Assert.That(() => Folders.RemoveTree(host.At("none")), Throws.Nothing);

    [Test]
    public void RenamingToANewNameReplacesNothing()
    {
        var (from, to) = (host.Write("etc/from", "from"), host.Write("etc/to", "to"));
        Assert.That(() => FileSystem.RenameToNew(from, to), Throws.TypeOf<ErrnoException>());
        Assert.That(File.ReadAllText(to), Is.EqualTo("to"));
        Assert.That(File.ReadAllText(from), Is.EqualTo("from"));
    }

    [Test]
    public void ANewFileIsTheOwnersAloneAndReplacesNothing()
    {
        using (FileSystem.CreateFile(host.At("etc/new")))
        {
            Assert.That(File.GetUnixFileMode(host.At("etc/new")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.That(() => FileSystem.CreateFile(host.At("etc/new")), Throws.TypeOf<ErrnoException>());
    }

    // udev's /dev/GROUP/NAME is a link: an image could not be copied to any logical volume
    [Test]
    public void AVolumeMayBeNamedByALink()
    {
        File.CreateSymbolicLink(host.At("etc/volume"), host.Write("etc/device", "x"));
        using (var volume = FileSystem.TryOpenVolume(host.At("etc/volume")))
        {
            volume!.WriteAllAt("y"u8, 0);
        }

        Assert.That(File.ReadAllText(host.At("etc/device")), Is.EqualTo("y"));
        Assert.That(FileSystem.TryOpenVolume(host.At("etc/none")), Is.Null);
        Assert.That(() => FileSystem.TryOpen(host.At("etc/volume")), Throws.TypeOf<ErrnoException>());
    }

    [Test]
    public void RoomIsOfTheFoldersFileSystem() =>
        Assert.That(FileSystem.Disk(host.Folder).Free, Is.InRange(1, new DriveInfo(host.Folder).TotalSize));
}
