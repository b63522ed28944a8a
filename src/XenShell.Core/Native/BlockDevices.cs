using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>What block devices are made of, by the kernel's word (sysfs; Documentation/ABI/stable/sysfs-block). No storage is asked.</summary>
public static class BlockDevices
{
    private const ulong LoopMajor = 7; // Documentation/admin-guide/devices.txt
    private const int MaxText = 4096; // what a file of sysfs has

    /// <summary>The devices right below: a partition's disk, the members of a mapped device or an array.</summary>
    public static IReadOnlyList<ulong> Below(ulong device)
    {
        var folder = Folder(device);
        var below = new List<ulong>();
        if (FileSystem.TryStatus($"{folder}/partition") is not null && Number($"{folder}/../dev") is { } disk)
        {
            below.Add(disk);
        }

        try
        {
            below.AddRange(Folders.Names($"{folder}/slaves").Select(name => Number($"{folder}/slaves/{name}/dev")).OfType<ulong>());
        }
        catch (ErrnoException)
        {
            // a partition has no such folder, and of a device that has just gone there is none at all
        }

        return below;
    }

    /// <summary>The path of what a loop device is made of, as it is called now, a character a byte; null where it is no such device, or made of nothing.</summary>
    public static string? LoopFile(ulong device) =>
        DeviceNumber.Major(device) == LoopMajor && Text($"{Folder(device)}/loop/backing_file") is { } path ? path : null;

    private static string Folder(ulong device) =>
        string.Create(CultureInfo.InvariantCulture, $"/sys/dev/block/{DeviceNumber.Major(device)}:{DeviceNumber.Minor(device)}");

    private static ulong? Number(string path) => Text(path) is { } text ? DeviceNumber.Parse(text) : null;

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
