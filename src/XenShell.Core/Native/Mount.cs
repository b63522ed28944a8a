namespace XenShell.Core.Native;

/// <summary>One file system at one place.</summary>
/// <param name="Point">The place.</param>
/// <param name="Device">What it is on, as stat(2) has it; with major number 0 it is the file system's own, and means nothing.</param>
/// <param name="Type">"ext4", "btrfs".</param>
/// <param name="Source">What it was mounted from: "/dev/vg0/web1", or what its type makes of that; with FUSE, whatever its user says.</param>
/// <param name="IsWritable">The file system is, whatever this place is.</param>
public sealed record Mount(string Point, ulong Device, string Type, string Source, bool IsWritable);
