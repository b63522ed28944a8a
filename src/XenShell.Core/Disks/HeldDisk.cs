using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>A disk that somebody has, or is about to have.</summary>
/// <param name="Holder">Who, for the record: "domain 3", or a guest.</param>
public sealed record HeldDisk(DiskIdentity Identity, bool IsWritable, string Holder)
{
    /// <summary>
    /// By a running domain: the device that Xen opened then, whatever its path is called by now. What stands behind no device
    /// (QEMU serves it) is known by its path alone, and what a script made of a name by that as well.
    /// </summary>
    public static IEnumerable<HeldDisk> Of(DomainDisk disk, TargetLook look)
    {
        if (disk.Device is { } number)
        {
            yield return new HeldDisk(DiskIdentity.OfDevice(number), disk.IsWritable, $"domain {disk.DomainId}");
        }

        if (IsKnownByTarget(disk) && look.Of(disk.Target) is { } identity)
        {
            yield return new HeldDisk(identity, disk.IsWritable, $"domain {disk.DomainId}");
        }
    }

    /// <summary>Its target has to be looked at.</summary>
    public static bool IsKnownByTarget(DomainDisk disk) =>
        disk.Device is not { } number || !disk.Target.StartsWith('/') || (BlockDevices.IsLoop(number) && BlockDevices.FileOf(number) is null);

    /// <summary>By a guest when it runs, as its file says.</summary>
    public static IEnumerable<HeldDisk> Of(Guest guest, IEnumerable<GuestDisk> disks, TargetLook look)
    {
        foreach (var disk in disks)
        {
            if (disk.Identity(look) is { } identity)
            {
                yield return new HeldDisk(identity, disk.IsWritable, guest.Name.Text);
            }
        }
    }
}
