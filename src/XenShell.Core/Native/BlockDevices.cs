using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>What block devices are made of, by the kernel's word (sysfs; Documentation/ABI/stable/sysfs-block). No storage is asked.</summary>
public static class BlockDevices
{
    private const int Sector = 512; // in sysfs, whatever the device's own has
    private const int MaxText = 4096; // what a file of sysfs has

    /// <summary>The devices right below: a partition's disk, the members of a mapped device or an array.</summary>
    public static IReadOnlyList<DeviceMapping> Below(ulong device)
    {
        var folder = Folder(device);
        if (FileSystem.TryStatus($"{folder}/partition") is not null && DeviceAt($"{folder}/../dev") is { } disk)
        {
            return [new DeviceMapping(disk, 0, Size(device), Sectors($"{folder}/start") ?? 0)];
        }

        var mapped = Text($"{folder}/dm/uuid");
        var isAllotted = mapped?.StartsWith("LVM-", StringComparison.Ordinal) == true;
        return (mapped is not null && !isAllotted ? DeviceMapper.Stretches(device) : null)
            ?? [.. Members(folder).Select(below => DeviceMapping.Anywhere(below, isAllotted))];
    }

    /// <summary>Bytes; the most there can be where that is not known.</summary>
    public static long Size(ulong device) => Sectors($"{Folder(device)}/size") is > 0 and var size ? size : long.MaxValue / 2;

    /// <summary>Null where it is no loop device, or has no file.</summary>
    public static LoopDevice? LoopAt(ulong device) =>
        Text($"{Folder(device)}/loop/backing_file") is { } file
        && Text($"{Folder(device)}/uevent")?.Split('\n').FirstOrDefault(line => line.StartsWith("DEVNAME=loop", StringComparison.Ordinal)) is { } name
            ? new LoopDevice($"/dev/{name["DEVNAME=".Length..]}", file)
            : null;

    private static IEnumerable<ulong> Members(string folder)
    {
        try
        {
            return Folders.Names($"{folder}/slaves").Select(name => DeviceAt($"{folder}/slaves/{name}/dev")).OfType<ulong>();
        }
        catch (ErrnoException)
        {
            return []; // of a device that has just gone there is nothing at all
        }
    }

    private static string Folder(ulong device) =>
        string.Create(CultureInfo.InvariantCulture, $"/sys/dev/block/{DeviceNumber.Major(device)}:{DeviceNumber.Minor(device)}");

    private static ulong? DeviceAt(string path) => Text(path) is { } text ? DeviceNumber.Parse(text) : null;

    private static long? Sectors(string path) =>
        long.TryParse(Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var sectors) && sectors < long.MaxValue / 2 / Sector ? sectors * Sector : null;

    private static string? Text(string path)
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            return file?.ReadAll(MaxText) is { } bytes ? Encoding.Latin1.GetString(bytes).TrimEnd('\n') : null;
        }
        catch (ErrnoException)
        {
            return null;
        }
    }
}
