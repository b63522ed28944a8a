using XenShell.Core.Guests;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Disks;

/// <summary>A disk that somebody has, or is about to have.</summary>
/// <param name="Holder">Who, for the record: "domain 3".</param>
public sealed record HeldDisk(DiskIdentity Identity, bool IsWritable, string Holder)
{
    /// <summary>By a running domain: under the path that it was started with, and as the device that Xen opened then.</summary>
    public static IEnumerable<HeldDisk> Of(DomainDisk disk) =>
        new[] { DiskIdentity.Of(disk.Target), disk.Device is { } number ? DiskIdentity.OfDevice(number) : null }
            .OfType<DiskIdentity>().Distinct()
            .Select(identity => new HeldDisk(identity, disk.IsWritable, $"domain {disk.DomainId}"));

    /// <summary>By a guest when it runs, as its file says.</summary>
    public static IEnumerable<HeldDisk> Of(Guest guest) =>
        from disk in GuestDisk.AllOf(guest)
        let identity = disk.Identity
        where identity is not null
        select new HeldDisk(identity.Value, disk.IsWritable, guest.Name.Text);
}
