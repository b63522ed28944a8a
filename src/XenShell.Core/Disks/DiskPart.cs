using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>What is right below a disk, and where that lies on it.</summary>
internal sealed record DiskPart(DiskIdentity Disk, DeviceMapping Lies);
