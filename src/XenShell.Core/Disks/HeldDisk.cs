using XenShell.Core.Domains;
using XenShell.Core.Guests;

namespace XenShell.Core.Disks;

/// <summary>A disk that somebody has, or is about to have.</summary>
/// <param name="Holder">Who, for the record: "domain 3", or a guest.</param>
public sealed record HeldDisk(DiskIdentity Identity, bool IsWritable, string Holder)
{
    private const ulong LoopMajor = 7; // Linux' Documentation/admin-guide/devices.txt

    /// <summary>
    /// By a running domain: the device that Xen opened then, whatever its path is called by now. What stands behind a loop
    /// device, or behind no device, is known by its path alone, and what a script made of a name by that as well.
    /// </summary>
    public static IEnumerable<HeldDisk> Of(DomainDisk disk)
    {
        if (disk.Device is { } number)
        {
            yield return new HeldDisk(DiskIdentity.OfDevice(number), disk.IsWritable, $"domain {disk.DomainId}");
        }

        if ((disk.Device is null or (>= LoopMajor << 8 and < (LoopMajor + 1) << 8) || !disk.Target.StartsWith('/')) && DiskIdentity.Of(disk.Target) is { } identity)
        {
            yield return new HeldDisk(identity, disk.IsWritable, $"domain {disk.DomainId}");
        }
    }

    /// <summary>By a guest when it runs, as its file says.</summary>
    public static IEnumerable<HeldDisk> Of(Guest guest)
    {
        foreach (var disk in GuestDisk.AllOf(guest))
        {
            if (disk.Identity is { } identity)
            {
                yield return new HeldDisk(identity, disk.IsWritable, guest.Name.Text);
            }
        }
    }
}
