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
    /// <param name="theirs">Is asked for what others' disks lie on.</param>
    /// <param name="held">The first that is found in this order is told.</param>
    /// <returns>The first disk of a guest's that somebody has as well, where one of them may write; null for none.</returns>
    public static SharedDisk? Find(IEnumerable<GuestDisk> disks, TargetLook look, IReadOnlyCollection<HeldDisk> held, TargetLook theirs)
    {
        var ours = disks.SelectMany(disk => disk.Identities(look).Select(identity => (Disk: disk, Identity: identity))).ToList();
        var parts = new DiskParts(held.Select(other => other.Identity).Concat(ours.Select(own => own.Identity)), theirs);
        var below = held.Select(other => other.Identity).Distinct().ToDictionary(identity => identity, parts.Of);
        foreach (var (disk, identity) in ours)
        {
            var own = parts.Of(identity);
            if (held.FirstOrDefault(other => (other.IsWritable || disk.IsWritable) && (own.Contains(other.Identity) || below[other.Identity].Contains(identity))) is { } with)
            {
                return new SharedDisk(disk, with);
            }
        }

        return null;
    }
}
