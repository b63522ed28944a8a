using XenShell.Core.Domains;

namespace XenShell.Core.Disks;

/// <summary>A disk that somebody has, or is about to have.</summary>
/// <param name="Holder">Who, for the record: "domain 3", or a guest.</param>
public sealed record HeldDisk(DiskIdentity Identity, bool IsWritable, string Holder)
{
    /// <summary>No guest has it: an administrator is at it.</summary>
    public bool IsOfTheHost { get; init; }

    /// <summary>
    /// By a running domain: the device that Xen opened then, whatever its path is called by now. What stands behind no device
    /// (QEMU serves it) is known by its path alone, and what a script made of a name by that as well.
    /// </summary>
    public static IEnumerable<HeldDisk> Of(DomainDisk disk, TargetLook look)
    {
        var identities = LookedAt(disk) is { } target ? look.Of(target) : [];
        return (disk.Device is { } number ? identities.Prepend(DiskIdentity.OfDevice(number)) : identities)
            .Select(identity => new HeldDisk(identity, disk.IsWritable, $"domain {disk.DomainId}") { IsOfTheHost = disk.DomainId == 0 });
    }

    /// <summary>What has to be looked at to say what it is; null where its device says it.</summary>
    public static string? LookedAt(DomainDisk disk) => disk.Device is null || !disk.Target.StartsWith('/') ? disk.Target : null;

    /// <summary>By a guest when it runs, as its file says.</summary>
    /// <param name="guest">Its name.</param>
    public static IEnumerable<HeldDisk> Of(string guest, IEnumerable<GuestDisk> disks, TargetLook look) =>
        disks.SelectMany(disk => disk.Identities(look).Select(identity => new HeldDisk(identity, disk.IsWritable, guest)));
}
