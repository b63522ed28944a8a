using System.Globalization;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>What a target is, whatever its path: targets with one identity are one disk.</summary>
/// <param name="IsDevice">A block device; otherwise a file, or a name.</param>
/// <param name="Device">The device's own number, or that of what the file is on; as stat(2) has it.</param>
/// <param name="Inode">The file's; 0 for a device.</param>
/// <param name="Name">Of what is no path, or leads nowhere yet: a script may make a disk of it. Null for all others.</param>
public sealed record DiskIdentity(bool IsDevice, ulong Device, ulong Inode, string? Name = null)
{
    /// <summary>There is something that no disk can be.</summary>
    public static DiskIdentity NoDisk { get; } = OfName("");

    /// <returns>Null where there is no entry.</returns>
    public static DiskIdentity? Of(FileStatus? status) => status is { } entry ? Of(entry.Kind, entry.Device, entry.Inode, entry.OwnDevice) : null;

    /// <summary>What stat(2) says of an entry; see <see cref="FileStatus"/>.</summary>
    internal static DiskIdentity Of(FileKind kind, ulong device, ulong inode, ulong ownDevice) => kind switch
    {
        FileKind.BlockDevice => OfDevice(ownDevice),
        FileKind.Regular => OfFile(device, inode),
        _ => NoDisk,
    };

    public static DiskIdentity OfFile(ulong device, ulong inode) => new(false, device, inode);

    /// <summary>Known by its target alone, whichever driver domain it is: those are named and numbered, and both change.</summary>
    public static DiskIdentity OfDriverDomain(string target) => OfName($"elsewhere:{target}");

    public static DiskIdentity OfDevice(ulong number) => new(true, number, 0);

    public static DiskIdentity OfName(string name) => new(false, 0, 0, name);

    /// <summary>"device 65024", "file 65024 15312" or "name r0"; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => this switch
    {
        { Name: { } name } => $"name {name}",
        { IsDevice: true } => string.Create(CultureInfo.InvariantCulture, $"device {Device}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"file {Device} {Inode}"),
    };

    /// <returns>Null for anything else.</returns>
    public static DiskIdentity? Parse(string text) => text.Split(' ') switch
    {
        ["device", var device] when Number(device) is { } number => OfDevice(number),
        ["file", var device, var inode] when Number(device) is { } number && Number(inode) is { } file => OfFile(number, file),
        ["name", _, ..] => OfName(text["name ".Length..]),
        _ => null,
    };

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
