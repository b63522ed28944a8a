namespace XenShell.Core.Volumes;

/// <summary>Room where volumes are made: of a file system, or a volume group.</summary>
/// <param name="Size">Bytes that it has.</param>
/// <param name="Free">Bytes that nothing has yet.</param>
public readonly record struct VolumeRoom(long Size, long Free)
{
    /// <summary>Bytes that new volumes may take: what others grow into is left to them.</summary>
    /// <param name="kept">Percent of all that stays free.</param>
    public long Spare(int kept) => Free - (long)(Size / 100.0 * kept);
}
