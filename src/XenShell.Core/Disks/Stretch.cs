namespace XenShell.Core.Disks;

/// <summary>What of a device, or of a file, a disk is made of: bytes <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="IsAllotted">Some of these bytes, which it shares with no other of that kind: a file system has its own for each of its files.</param>
/// <param name="Through">The last one on the way that nobody can say of where its bytes lie: two that came through it were compared there.</param>
public sealed record Stretch(DiskIdentity On, long From, long To, bool IsAllotted, DiskIdentity? Through = null)
{
    public static Stretch Whole(DiskIdentity disk) => new(disk, 0, long.MaxValue, IsAllotted: false);

    public bool Overlaps(Stretch other) =>
        On == other.On && From < other.To && other.From < To && !(IsAllotted && other.IsAllotted) && !(Through is not null && Through == other.Through);
}
