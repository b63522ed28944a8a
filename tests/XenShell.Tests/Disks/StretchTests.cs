using XenShell.Core.Disks;
using XenShell.Core.Native;

namespace XenShell.Tests.Disks;

/// <summary>Two devices that are made of the same bytes of a third are one disk.</summary>
public sealed class StretchTests
{
    private static readonly DiskIdentity File = DiskIdentity.OfFile(65024, 12);

    [TestCase(0, 100, false, 50, 60, false, true)]
    [TestCase(0, 100, false, 100, 200, false, false)]
    [TestCase(0, 100, true, 0, 100, true, false)]
    [TestCase(0, 100, true, 0, 100, false, true)]
    public void TheyOverlapWhereBothMayHaveOneByte(long from, long to, bool isAllotted, long otherFrom, long otherTo, bool isOtherAllotted, bool overlap)
    {
        var (one, other) = (new Stretch(File, from, to, isAllotted), new Stretch(File, otherFrom, otherTo, isOtherAllotted));
        Assert.That((one.Overlaps(other), other.Overlaps(one)), Is.EqualTo((overlap, overlap)));
        Assert.That(one.Overlaps(other with { On = DiskIdentity.OfDevice(65024) }), Is.False);
    }

    // two partitions of one multipath: they were compared on it, and below it nobody can say where either is
    [Test]
    public void TwoThatCameThroughOneThatIsSpreadWereComparedThere()
    {
        var (mapped, path) = (DiskIdentity.OfDevice(65025), DiskIdentity.OfDevice(2065));
        var part = new Stretch(path, 0, long.MaxValue, IsAllotted: false, mapped);
        Assert.That(part.Overlaps(part with { }), Is.False);
        Assert.That(part.Overlaps(Stretch.Whole(path)), Is.True, "who has the path itself has both");
        Assert.That(part.Overlaps(part with { Through = DiskIdentity.OfDevice(65026) }), Is.True);
    }

    [TestCase("0 16384 linear 7:6 2048\n", "0 8388608 1048576")]
    [TestCase("0 8 linear 7:6 0\n8 8 linear 7:6 64\n", "0 4096 0;4096 4096 32768")]
    [TestCase("0 16384 snapshot 254:1 254:2 P 8\n", null)]
    [TestCase("0 8 linear 7:6 0\n8 8 error\n", null)]
    [TestCase("0 99999999999999999999 linear 7:6 0\n", null)]
    [TestCase("", null)]
    public void ATableOfPlainStretchesIsRead(string table, string? stretches) =>
        Assert.That(
            DeviceMapper.Parse(table) is { } mappings ? string.Join(';', mappings.Select(mapping => $"{mapping.Start} {mapping.Length} {mapping.Offset}")) : null,
            Is.EqualTo(stretches));

    [Test]
    public void AListOfLoopDevicesIsRead()
    {
        var files = LoopQuestion.Read((0, "/dev/loop0 11657354 254:0       0\n/dev/loop12     15415 253:1 1048576\n/dev/loop3\n"));
        Assert.That(files, Is.EquivalentTo(new Dictionary<string, LoopFile>
        {
            ["/dev/loop0"] = new(DiskIdentity.OfFile(DeviceNumber.Of(254, 0), 11657354), 0),
            ["/dev/loop12"] = new(DiskIdentity.OfFile(DeviceNumber.Of(253, 1), 15415), 1048576),
        }));
        Assert.That(LoopQuestion.Read((null, "")), Is.Empty);
    }

    [TestCase("/srv/dead/a.img", "/srv/dead")]
    [TestCase("/srv/deader/a.img", "/srv")]
    [TestCase("/srv/with blank/x", "/srv/with blank")]
    [TestCase("/x", "/")]
    public void APathIsOnTheFileSystemThatIsMountedNearest(string path, string mount) =>
        Assert.That(Mounts.Parse("25 1 254:0 / / rw - ext4 /dev/vda rw\n36 25 0:30 / /srv rw - nfs a:/b rw\n37 36 0:31 / /srv/dead rw - nfs a:/c rw\n38 36 0:32 / /srv/with\\040blank rw - nfs a:/d rw\n").Of(path), Is.EqualTo(mount));
}
