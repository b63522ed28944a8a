using Mono.Unix.Native;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Disks;

/// <summary>
/// A disk that two domains write is lost. xl's own look compares what stat and losetup print, one in hexadecimal and the
/// other not (Debian 12); here it is the device, or the file, whatever its path.
/// </summary>
/// <param name="Device">As the guest sees it.</param>
/// <param name="Target">Its path in the guest's file.</param>
/// <param name="DomainId">Who runs on it.</param>
public sealed record DisksInUse(string Device, string Target, int DomainId)
{
    /// <returns>The first disk of the guest's that a running domain has as well, where one of them may write; null for none.</returns>
    public static DisksInUse? Find(Guest guest, IReadOnlyList<DomainDisk> running)
    {
        var taken = running.Select(disk => (Disk: disk, Identity: Identity(disk.Target))).Where(taken => taken.Identity is not null).ToList();
        foreach (var disk in Disks(guest))
        {
            var identity = Identity(disk.Target);
            var use = taken.Find(taken => identity is not null && taken.Identity == identity && (taken.Disk.IsWritable || disk.IsWritable));
            if (use.Disk is not null)
            {
                return new DisksInUse(disk.Device, disk.Target, use.Disk.DomainId);
            }
        }

        return null;
    }

    private static IEnumerable<GuestDisk> Disks(Guest guest)
    {
        try
        {
            return (XlConfig.Parse(guest.Bytes, guest.File).GetStrings("disk") ?? []).Select(GuestDisk.Parse).OfType<GuestDisk>();
        }
        catch (XlConfigException)
        {
            return []; // xl will not read them either
        }
    }

    // Links are followed, as Xen does. Null where nothing is there, or nothing that a disk could be.
    private static (FilePermissions Kind, ulong One, ulong Other)? Identity(string target)
    {
        if (!target.StartsWith('/') || Syscall.stat(target, out var status) != 0)
        {
            return null;
        }

        var kind = status.st_mode & FilePermissions.S_IFMT;
        return kind switch
        {
            FilePermissions.S_IFBLK => (kind, status.st_rdev, 0),
            FilePermissions.S_IFREG => (kind, status.st_dev, status.st_ino),
            _ => null,
        };
    }
}
