using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What disks lie on, to the bottom: a partition on its disk, a volume on what it is made of, a loop device on its file, and
/// a file on its file system's device.
/// </summary>
public sealed class DiskParts
{
    private const int MaxStretches = 4096; // of one disk; a volume of more segments than that lies anywhere

    private readonly Dictionary<DiskIdentity, IReadOnlyList<DiskPart>> below = [];

    /// <param name="look">Is asked for the files of loop devices.</param>
    public DiskParts(IEnumerable<DiskIdentity> disks, TargetLook look)
    {
        for (HashSet<DiskIdentity> open = [.. disks]; open.Count > 0; open = [.. open.SelectMany(disk => below[disk]).Select(part => part.Disk).Where(disk => !below.ContainsKey(disk))])
        {
            look.AddLoops(open.Where(disk => disk.IsDevice).Select(disk => disk.Device));
            foreach (var disk in open)
            {
                below.Add(disk, [.. RightBelow(disk, look)]);
            }
        }
    }

    /// <summary>A disk, and all that it lies on.</summary>
    public IReadOnlyCollection<Stretch> Of(DiskIdentity disk)
    {
        var all = new HashSet<Stretch> { Stretch.Whole(disk) };
        var open = new Queue<Stretch>(all);
        while (open.TryDequeue(out var next))
        {
            foreach (var part in below[next.On].Select(part => Through(next, part)).OfType<Stretch>())
            {
                var kept = all.Count < MaxStretches ? part : part with { From = 0, To = long.MaxValue };
                if (all.Add(kept))
                {
                    open.Enqueue(kept);
                }
            }
        }

        return all;
    }

    // Null where nothing of it lies in that part.
    private static Stretch? Through(Stretch stretch, DiskPart part)
    {
        var lies = part.Lies;
        if (lies.Spreads)
        {
            return new Stretch(part.Disk, 0, long.MaxValue, stretch.IsAllotted || lies.IsAllotted, stretch.On);
        }

        var (from, to) = (Math.Max(stretch.From, lies.Start), Math.Min(stretch.To, lies.Start + lies.Length));
        return from < to ? stretch with { On = part.Disk, From = from - lies.Start + lies.Offset, To = to - lies.Start + lies.Offset } : null;
    }

    private static IEnumerable<DiskPart> RightBelow(DiskIdentity disk, TargetLook look) => disk switch
    {
        { Name: not null } => [],
        { IsDevice: false } => [new DiskPart(DiskIdentity.OfDevice(disk.Device), DeviceMapping.Anywhere(disk.Device, isAllotted: true))],
        _ => look.FileOf(disk) is { } file
            ? [new DiskPart(file.Identity, new DeviceMapping(0, 0, BlockDevices.Size(disk.Device), file.Offset))]
            : BlockDevices.Below(disk.Device).Select(part => new DiskPart(DiskIdentity.OfDevice(part.Below), part)),
    };
}
