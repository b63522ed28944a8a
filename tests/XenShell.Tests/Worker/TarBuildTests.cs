using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Worker;
using XenShell.Worker.Building;

namespace XenShell.Tests.Worker;

public sealed class TarBuildTests : WorkerTest
{
    [SetUp]
    public void Fill()
    {
        Built("etc/motd", "a new system\n");
        Built("etc/hostname", "the build host\n");
        Built("usr/bin/su", "x");
        File.SetUnixFileMode(Host.At("srv/build/usr/bin/su"), UnixFileMode.SetUser | (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Host.At("srv/build/etc/mtab"), "/proc/self/mounts");
        Assert.That(setxattr(Host.At("srv/build/usr/bin/su"), "user.note", "kept"u8.ToArray(), 4, 0), Is.Zero, "as capabilities are, for which it takes root");
    }

    [TestCase("plain.tar")]
    [TestCase("packed.tar.gz", "-z")]
    [TestCase("pax.tar", "--format=pax", "--xattrs", "--xattrs-include=*")]
    public void AnArchiveBecomesAFileSystemOfTheGuestsOwn(string name, params string[] options)
    {
        Image($"method = tar\nsource = {Archive(name, options)}");
        var job = Work(Order());
        Assert.That(job.Stage, Is.EqualTo(JobStage.Built), Log(job));
        Assert.That(Inside("cat /etc/motd"), Is.EqualTo("a new system\n"));
        Assert.That(Inside("cat /etc/hostname"), Is.EqualTo("web1\n"));
        Assert.That(Inside("cat /etc/fstab"), Is.EqualTo("/dev/xvda2 / ext4 errors=remount-ro 0 1\n"));
        Assert.That(Inside("stat /etc/hostname"), Does.Contain("Mode:  0644"));
        Assert.That(Inside("stat /usr/bin/su"), Does.Contain("Mode:  04755"));
        Assert.That(Inside("stat /etc/mtab"), Does.Contain("Fast link dest: \"/proc/self/mounts\""));
        Assert.That(Inside("ea_list /usr/bin/su").Contains("user.note", StringComparison.Ordinal), Is.EqualTo(name == "pax.tar"));
        Assert.That(Run("/usr/sbin/dumpe2fs", ["-h", Host.At("srv/web1.img.xs-new-abc234")]), Does.Contain("Filesystem volume name:   root").And.Not.Contain("orphan_file"));
        Assert.That(Path.Exists(Store.TreeOf(job.Id)), Is.False, "what was unpacked is gone");
        Assert.That(Store.Progress(job.Id).Percent, Is.GreaterThan(90));
    }

    // the room is taken, so that the host does not run out of it while the guest writes
    [Test]
    public void TheNewDiskHasAllOfItsRoom()
    {
        Image($"method = tar\nsource = {Archive("a.tar")}");
        Work(Order());
        Assert.That(long.Parse(Run("/usr/bin/stat", ["-c", "%b", Host.At("srv/web1.img.xs-new-abc234")])), Is.GreaterThanOrEqualTo(24 * Mib / 512));
    }

    // a copy that was cut off would become half a system, and tar says nothing of an end between two files
    [TestCase(0)]
    [TestCase(700)]
    public void AnArchiveThatWasCutShortIsRefused(int more)
    {
        Built("zz/last", new string('x', 3000));
        var archive = Archive("a.tar", "--sort=name", "-b", "1");
        Image($"method = tar\nsource = {archive}");
        using (var file = File.OpenWrite(archive))
        {
            file.SetLength(file.Length - 1024 - 3072 - 512 + more); // the end's marker, the last file, its header
        }

        var job = Work(Order());
        Assert.That((job.Stage, job.Result), Is.EqualTo((JobStage.Failed, "the image's archive is damaged or cut short, or no tar archive; web1 is as it was")));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    [TestCase("\u00FD7zXZ\0", "xz")]
    [TestCase("(\u00B5/\u00FD", "zstd")]
    [TestCase("BZh9", "bzip2")]
    public void AnotherCompressionIsNamed(string start, string name)
    {
        var archive = Archive("a.tar");
        File.WriteAllBytes(archive, Encoding.Latin1.GetBytes(start));
        Image($"method = tar\nsource = {archive}");
        Assert.That(Work(Order()).Result, Does.StartWith($"the image's archive is compressed by {name}"));
    }

    [TestCase(true, JobStage.Built)]
    [TestCase(false, JobStage.Failed)]
    public void AChecksumHolds(bool isRight, JobStage stage)
    {
        var archive = Archive("a.tar");
        var sum = Convert.ToHexStringLower(SHA256.HashData(isRight ? File.ReadAllBytes(archive) : []));
        Image($"method = tar\nsource = {archive}\nsha256 = {sum}");
        var job = Work(Order());
        Assert.That(job.Stage, Is.EqualTo(stage), job.Result);
        Assert.That(isRight || job.Result!.Contains("the checksum", StringComparison.Ordinal), Is.True, job.Result);
    }

    [Test]
    public void AnImageThatIsLargerThanTheDiskIsRefusedBeforeItIsUnpacked()
    {
        Disk("srv/build/large", 30 * Mib);
        Image($"method = tar\nsource = {Archive("a.tar")}");
        var job = Work(Order());
        Assert.That(job.Result, Is.EqualTo("the image needs 31 MiB, and the disk has 24; web1 is as it was"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
    }

    // the sum of the files fits, and the file system's own room is missing
    [Test]
    public void ADiskThatIsFullAtTheEndLeavesNothingBehind()
    {
        Disk("srv/build/large", 0);
        File.WriteAllBytes(Host.At("srv/build/large"), RandomNumberGenerator.GetBytes((int)(23 * Mib)));
        Image($"method = tar\nsource = {Archive("a.tar")}");
        var job = Work(Order());
        Assert.That(job.Result, Does.StartWith("the new file system could not be made; perhaps the image does not fit on the disk"));
        Assert.That(Store.LogTail(job.Id, 9), Has.Some.Contains("Could not allocate block"));
        Assert.That(Disks, Is.EqualTo(new[] { "web1.img" }));
        Assert.That(Path.Exists(Store.TreeOf(job.Id)), Is.False);
    }

    // an image that fits on the guest's disk, and fills the host's own, where its logs and records are
    [Test]
    public void AnImageForWhichTheHostHasNoRoomIsNotUnpacked()
    {
        var size = FileSystem.Disk(Host.Folder).Size;
        foreach (var (bytes, entries) in new[] { (size - (256 * Mib) + 1, 0L), (0, size / 4096) }) // its reserve is not for images; and empty files take room as well
        {
            Assert.That(
                () => HostRoom.Require(Host.Folder, bytes, entries),
                Throws.InstanceOf<JobException>().With.Message.EqualTo("the host has no room to unpack the image; please ask the administrator"));
        }

        Assert.That(() => HostRoom.Require(Host.Folder, Mib, 100), Throws.Nothing);
    }

    // two that unpack at once would each find the room that only one of them can have
    [Test]
    public async Task OneJobUnpacksAtATime()
    {
        var job = Order();
        var site = new Site(Host.Layout, Store, job, null!, null!, null!, null, null!, new Progress(Store, job.Id));
        var first = HostRoom.Take(site, Mib, 1);
        var second = Task.Run(() => HostRoom.Take(site, Mib, 1));
        while (Store.Progress(job.Id).Phase != "waiting for another job to unpack")
        {
            await Task.Delay(10);
        }

        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        (await second).Dispose();
    }

    // GK: an image with a link in place of a folder would have our files, and its own, put on the host
    [Test]
    public void NothingGetsOutThroughALinkOfTheImage()
    {
        var outside = Directory.CreateDirectory(Host.At("srv/outside")).FullName;
        Directory.Delete(Host.At("srv/build/etc"), recursive: true);
        File.CreateSymbolicLink(Host.At("srv/build/etc"), outside);
        File.CreateSymbolicLink(Host.At("srv/build/up"), "../../../../../../../../../srv");
        Image($"method = tar\nsource = {Archive("a.tar")}");
        var job = Work(Order());
        Assert.That(job.Result, Does.Match("^the image could not be unpacked|^the new file system could not be made"), "as mke2fs is");
        Assert.That(Directory.GetFileSystemEntries(outside), Is.Empty);
    }

    [Test]
    public void AnArchiveOfOthersIsNotUsed()
    {
        var archive = Archive("a.tar");
        Image($"method = tar\nsource = {archive}");
        File.SetUnixFileMode(archive, (UnixFileMode)0b110_110_110);
        Assert.That(Work(Order()).Result, Does.Contain("cannot be trusted"));
    }

    [Test]
    public void SwapIsMadeAnew()
    {
        var swap = Disk("srv/web1-swap.img", 2 * Mib);
        Host.Guest("web1", $"disk = [ 'file:{Host.At("srv/web1.img")},xvda2,w', 'file:{swap},xvda1,w' ]");
        Image($"method = tar\nsource = {Archive("a.tar")}");
        Assert.That(Work(Order("abc234", Host.At("srv/web1.img"), swap)).Stage, Is.EqualTo(JobStage.Built));
        Assert.That(Inside("cat /etc/fstab"), Does.EndWith("/dev/xvda1 none swap sw 0 0\n"));
        Assert.That(Run("/usr/sbin/blkid", ["-p", "-o", "value", "-s", "TYPE", $"{swap}.xs-new-abc234"]), Is.EqualTo("swap\n"));
    }

    [DllImport("libc")]
    private static extern int setxattr(string path, string name, byte[] value, nint size, int flags);

    private string Log(Job job) => $"{job.Result}\n{string.Join('\n', Store.LogTail(job.Id, 20))}";
}
