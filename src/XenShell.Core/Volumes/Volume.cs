namespace XenShell.Core.Volumes;

/// <summary>A volume as it is now.</summary>
/// <param name="Path">"/dev/vg0/web1-disk" or "/srv/xen/web1/disk.img".</param>
/// <param name="Identity">What stays the same through renaming and reboots, and belongs to no other one beside it: LVM's uuid, or the inode.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Volume(string Path, string Identity, long Bytes);
