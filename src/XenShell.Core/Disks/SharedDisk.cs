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
}
