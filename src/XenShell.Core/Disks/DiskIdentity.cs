using System.Globalization;
using Mono.Unix.Native;

namespace XenShell.Core.Disks;

/// <summary>What a path leads to, links followed, as Xen does: paths with one identity are one disk.</summary>
/// <param name="IsDevice">A block device; otherwise a file.</param>
/// <param name="Device">The device's own number, or that of what the file is on; as stat(2) has it.</param>
/// <param name="Inode">The file's; 0 for a device.</param>
public readonly record struct DiskIdentity(bool IsDevice, ulong Device, ulong Inode)
{
    /// <returns>Null where nothing is there, or nothing that a disk could be.</returns>
    public static DiskIdentity? Of(string path)
    {
        if (!path.StartsWith('/') || Syscall.stat(path, out var status) != 0)
        {
            return null;
        }

        return (status.st_mode & FilePermissions.S_IFMT) switch
        {
            FilePermissions.S_IFBLK => OfDevice(status.st_rdev),
            FilePermissions.S_IFREG => new DiskIdentity(false, status.st_dev, status.st_ino),
            _ => null,
        };
    }

    public static DiskIdentity OfDevice(ulong number) => new(true, number, 0);

    /// <summary>"device 65024" or "file 65024 15312"; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsDevice
        ? string.Create(CultureInfo.InvariantCulture, $"device {Device}")
        : string.Create(CultureInfo.InvariantCulture, $"file {Device} {Inode}");

    /// <returns>Null for anything else.</returns>
    public static DiskIdentity? Parse(string text) => text.Split(' ') switch
    {
        ["device", var device] when Number(device) is { } number => OfDevice(number),
        ["file", var device, var inode] when Number(device) is { } number && Number(inode) is { } file => new DiskIdentity(false, number, file),
        _ => null,
    };

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
