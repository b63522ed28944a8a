using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What disks lie on, to the bottom: a partition on its disk, a volume on what it is made of, a loop device on its file, and
/// a file on its file system's device.
/// </summary>
public sealed class DiskParts
{
    private readonly Dictionary<DiskIdentity, IReadOnlyList<DiskIdentity>> below = [];

    /// <param name="look">Is asked for the files of loop devices.</param>
    public DiskParts(IEnumerable<DiskIdentity> disks, TargetLook look)
    {
        for (HashSet<DiskIdentity> open = [.. disks]; open.Count > 0; open = [.. open.SelectMany(disk => below[disk]).Where(disk => !below.ContainsKey(disk))])
        {
            look.Add(open.Select(FileOf).OfType<string>());
            foreach (var disk in open)
            {
                below.Add(disk, [.. RightBelow(disk, look)]);
            }
        }
    }

    /// <summary>A disk, and all that it lies on.</summary>
    public HashSet<DiskIdentity> Of(DiskIdentity disk)
    {
        var all = new HashSet<DiskIdentity> { disk };
        var open = new Queue<DiskIdentity>(all);
        while (open.TryDequeue(out var next))
        {
            foreach (var part in below[next].Where(all.Add))
            {
                open.Enqueue(part);
            }
        }

        return all;
    }

    private static string? FileOf(DiskIdentity disk) => disk is { IsDevice: true } ? BlockDevices.LoopFile(disk.Device) : null;

    private static IEnumerable<DiskIdentity> RightBelow(DiskIdentity disk, TargetLook look) => disk switch
    {
        { Name: not null } => [],
        { IsDevice: false } => [DiskIdentity.OfDevice(disk.Device)],
        _ => (FileOf(disk) is { } file ? look.Of(file) : []).Concat(BlockDevices.Below(disk.Device).Select(DiskIdentity.OfDevice)),
    };
}
