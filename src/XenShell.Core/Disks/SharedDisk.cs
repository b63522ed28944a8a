using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// A disk that two domains write is lost. xl's own look compares what stat and losetup print, one in hexadecimal and the
/// other not (Debian 12); here it is the device, or the file, whatever its path, and what either is a part of: a partition
/// and its disk, a volume and what it lies on, a loop device and its file.
/// </summary>
/// <param name="Disk">The guest's.</param>
/// <param name="With">Who has it already.</param>
public sealed record SharedDisk(GuestDisk Disk, HeldDisk With)
{
    /// <param name="held">The first that is found in this order is told.</param>
    /// <returns>The first disk of a guest's that somebody has as well, where one of them may write; null for none.</returns>
    public static SharedDisk? Find(IEnumerable<GuestDisk> disks, TargetLook look, IReadOnlyCollection<HeldDisk> held)
    {
        var below = held.Select(other => other.Identity).Distinct().ToDictionary(identity => identity, Below);
        foreach (var disk in disks)
        {
            if (disk.Identity(look) is not { } identity)
            {
                continue;
            }

            var ours = Below(identity);
            if (held.FirstOrDefault(other => (other.IsWritable || disk.IsWritable) && (ours.Contains(other.Identity) || below[other.Identity].Contains(identity))) is { } with)
            {
                return new SharedDisk(disk, with);
            }
        }

        return null;
    }

    /// <summary>A disk, and all that it lies on.</summary>
    private static HashSet<DiskIdentity> Below(DiskIdentity disk)
    {
        var all = new HashSet<DiskIdentity> { disk };
        var open = new Queue<DiskIdentity>(all);
        while (open.TryDequeue(out var next))
        {
            foreach (var part in RightBelow(next).Where(all.Add))
            {
                open.Enqueue(part);
            }
        }

        return all;
    }

    private static IEnumerable<DiskIdentity> RightBelow(DiskIdentity disk) => disk switch
    {
        { Name: not null } => [],
        { IsDevice: false } => [DiskIdentity.OfDevice(disk.Device)],
        _ when BlockDevices.IsLoop(disk.Device) && BlockDevices.FileOf(disk.Device) is { } file => [DiskIdentity.OfFile(file.Device, file.Inode)],
        _ => BlockDevices.Below(disk.Device).Select(DiskIdentity.OfDevice),
    };
}
