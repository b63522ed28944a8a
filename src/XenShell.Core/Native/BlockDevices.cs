using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>What block devices are made of, by the kernel's word (sysfs; Documentation/ABI/stable/sysfs-block). No storage is asked.</summary>
public static class BlockDevices
{
    private const ulong LoopMajor = 7; // Documentation/admin-guide/devices.txt
    private const int MaxNumber = 32; // "254:3\n"

    public static bool IsLoop(ulong device) => DeviceNumber.Major(device) == LoopMajor;

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

    /// <summary>The file that a loop device is made of; null where it is made of nothing.</summary>
    public static unsafe (ulong Device, ulong Inode)? FileOf(ulong loop)
    {
        try
        {
            var target = FileSystem.ReadLink(Folder(loop));
            using var opened = FileSystem.Open($"/dev/{target[(target.LastIndexOf('/') + 1)..]}", OpenFor.Reading);
            Libc.loop_info64 status;
            return Libc.ioctl(opened.Number, Libc.LOOP_GET_STATUS64, &status) == 0 ? (status.lo_device, status.lo_inode) : null;
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    private static string Folder(ulong device) =>
        string.Create(CultureInfo.InvariantCulture, $"/sys/dev/block/{DeviceNumber.Major(device)}:{DeviceNumber.Minor(device)}");

    private static ulong? Number(string path)
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            return file?.ReadAll(MaxNumber) is { } text ? DeviceNumber.Parse(Encoding.ASCII.GetString(text).TrimEnd('\n')) : null;
        }
        catch (ErrnoException)
        {
            return null;
        }
    }
}
