namespace XenShell.Core.Disks;

/// <summary>
/// A disk that two domains write is lost. xl's own look compares what stat and losetup print, one in hexadecimal and the
/// other not (Debian 12); here it is the device, or the file, whatever its path, and what either lies on.
/// </summary>
/// <param name="Disk">The guest's.</param>
/// <param name="With">Who has it already.</param>
public sealed record SharedDisk(GuestDisk Disk, HeldDisk With)
{
    /// <param name="look">Has been asked about the guest's disks.</param>
    /// <param name="ours">What those lie on.</param>
    /// <param name="held">The first that is found in this order is told.</param>
    /// <param name="theirs">Is asked for what others' disks lie on.</param>
    /// <returns>The first disk of a guest's that somebody has as well, where one of them may write; null for none.</returns>
    public static SharedDisk? Find(IEnumerable<GuestDisk> disks, TargetLook look, DiskParts ours, IReadOnlyCollection<HeldDisk> held, TargetLook theirs)
    {
        var parts = new DiskParts(held.Select(other => other.Identity), theirs);
        var below = held.Select(other => other.Identity).Distinct().ToDictionary(identity => identity, identity => parts.Of(identity).ToLookup(stretch => stretch.On));
        foreach (var disk in disks)
        {
            var own = disk.Identities(look).SelectMany(ours.Of).ToList();
            if (held.FirstOrDefault(other => (other.IsWritable || disk.IsWritable) && own.Exists(stretch => below[other.Identity][stretch.On].Any(stretch.Overlaps))) is { } with)
            {
                return new SharedDisk(disk, with);
            }
        }

        return null;
    }

    /// <summary>
    /// The same of what the host has mounted, which is looked at from one side: what that lies on. Of the file system that a
    /// guest's image is on, and of a snapshot that is mounted to be saved, the guest's disk is no part.
    /// </summary>
    public static SharedDisk? FindMounted(IEnumerable<GuestDisk> disks, TargetLook look, IReadOnlyCollection<HeldDisk> mounted, TargetLook theirs)
    {
        var parts = new DiskParts(mounted.Select(other => other.Identity), theirs);
        foreach (var disk in disks.Where(disk => !disk.IsShared))
        {
            var own = disk.Identities(look).SelectMany(identity => look.FileOf(identity) is { } file ? [identity, file.Identity] : new[] { identity }).Select(Stretch.Whole).ToList();
            if (mounted.FirstOrDefault(other => (other.IsWritable || disk.IsWritable) && parts.Of(other.Identity).Any(part => own.Exists(part.Overlaps))) is { } with)
            {
                return new SharedDisk(disk, with);
            }
        }

        return null;
    }
}
