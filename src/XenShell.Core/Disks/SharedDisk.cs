using XenShell.Core.Guests;

namespace XenShell.Core.Disks;

/// <summary>
/// A disk that two domains write is lost. xl's own look compares what stat and losetup print, one in hexadecimal and the
/// other not (Debian 12); here it is the device, or the file, whatever its path.
/// </summary>
/// <param name="Disk">The guest's.</param>
/// <param name="With">Who has it already.</param>
public sealed record SharedDisk(GuestDisk Disk, HeldDisk With)
{
    /// <returns>The first disk of the guest's that somebody has as well, where one of them may write; null for none.</returns>
    public static SharedDisk? Find(Guest guest, IEnumerable<HeldDisk> held)
    {
        var byIdentity = held.ToLookup(disk => disk.Identity);
        foreach (var disk in GuestDisk.AllOf(guest))
        {
            if (disk.Identity is { } identity && byIdentity[identity].FirstOrDefault(other => other.IsWritable || disk.IsWritable) is { } with)
            {
                return new SharedDisk(disk, with);
            }
        }

        return null;
    }
}
