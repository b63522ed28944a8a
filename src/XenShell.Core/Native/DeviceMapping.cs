namespace XenShell.Core.Native;

/// <summary>Where a stretch of a block device lies on a device below it, in bytes.</summary>
/// <param name="Spreads">Nobody can say where: anything of it may lie anywhere below.</param>
/// <param name="IsAllotted">Whoever made it hands out what is below piece by piece, each piece once (LVM).</param>
public sealed record DeviceMapping(ulong Below, long Start, long Length, long Offset, bool Spreads = false, bool IsAllotted = false)
{
    public static DeviceMapping Anywhere(ulong below, bool isAllotted) => new(below, 0, long.MaxValue, 0, Spreads: true, isAllotted);
}
