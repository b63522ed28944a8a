using XenShell.Core.Disks;
using XenShell.Core.Native;

namespace XenShell.Tests.Disks;

/// <summary>What of the host's own use is seen.</summary>
public sealed class HostDisksTests
{
    private static readonly ulong NoSuchDevice = DeviceNumber.Of(4000, 7);

    [TestCase("36 25 4000:7 / /mnt/x rw,noatime shared:1 master:2 - ext4 /dev/vg0/web1 rw", true)]
    [TestCase("36 25 4000:7 / /mnt/x rw - ext4 /dev/vg0/web1 ro", false)]
    [TestCase("36 25 4000:7 /a /mnt/x ro - ext4 /dev/vg0/web1 rw,errors=remount-ro", true)]
    public void AMountedDeviceIsTheHosts(string line, bool isWritable) =>
        Assert.That(
            HostDisks.Of(Mounts.Parse(line + "\n").All, "").Single(),
            Is.EqualTo(new HeldDisk(DiskIdentity.OfDevice(NoSuchDevice), isWritable, "the host, mounted at /mnt/x") { IsOfTheHost = true }));

    // the number is the file system's own (btrfs), or nothing is behind it
    [TestCase("36 25 0:30 / /srv rw - nfs a:/b rw")]
    [TestCase("36 25 0:31 / /srv rw - btrfs /dev/no/such rw")]
    [TestCase("36 25 0:32 / /srv rw - btrfs /dev/../etc/passwd rw")]
    [TestCase("36 25 0:33 / /srv rw - btrfs /dev/null rw")]
    [TestCase("36 25 0:34 / /home/x/m rw - fuse.anything /dev/vg0/web1 rw")]
    [TestCase("36 25")]
    public void WhatIsOnNoDeviceIsLeftOut(string line) => Assert.That(HostDisks.Of(Mounts.Parse(line + "\n").All, ""), Is.Empty);

    [TestCase("Filename\tType\tSize\tUsed\tPriority\n/dev/no/such\tpartition\t1\t0\t-2\n/swapfile file 1 0 -3\n")]
    [TestCase("Filename\n")]
    public void SwapThatIsNotThereIsLeftOut(string swaps) => Assert.That(HostDisks.Of([], swaps), Is.Empty);

    [TestCase(true, true, true)]
    [TestCase(true, false, true)]
    [TestCase(false, true, true)]
    [TestCase(false, false, false)]
    public void ADiskThatIsMountedIsInUse(bool isGuestsWritable, bool isHostsWritable, bool isShared)
    {
        var disk = new GuestDisk("r0", "xvda", isGuestsWritable, IsPlain: true);
        var look = new TargetLook();
        look.Add(["r0"]);
        var mounted = new HeldDisk(DiskIdentity.OfName("r0"), isHostsWritable, "the host, mounted at /mnt/x") { IsOfTheHost = true };
        Assert.That(SharedDisk.FindMounted([disk], look, [mounted], new TargetLook()), Is.EqualTo(isShared ? new SharedDisk(disk, mounted) : null));
        Assert.That(SharedDisk.FindMounted([disk with { IsShared = true }], look, [mounted], new TargetLook()), Is.Null, "a cluster's file system");
    }
}
