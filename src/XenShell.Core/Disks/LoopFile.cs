namespace XenShell.Core.Disks;

/// <summary>The file that a loop device is made of, whatever its path is by now.</summary>
/// <param name="Offset">Bytes of the file before the device's first.</param>
public sealed record LoopFile(DiskIdentity Identity, long Offset);
