using System.Text;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What the host itself has mounted, and what it swaps on: an administrator looks into the disk of a guest that is off. What
/// Xen's own scripts compare is the very device (hotplug/Linux/block), and neither a partition on it nor a loop device.
/// </summary>
public static class HostDisks
{
    private const int MaxSwaps = 64 << 10;

    public static IReadOnlyList<HeldDisk> Now() => Of(Mounts.OfTheHost().All, Swaps());

    internal static IReadOnlyList<HeldDisk> Of(IEnumerable<Mount> mounts, string swaps)
    {
        var held = new List<HeldDisk>();
        foreach (var mount in mounts)
        {
            Add(DeviceOf(mount), mount.IsWritable, $"mounted at {mount.Point}");
        }

        foreach (var path in SwapDevices(swaps))
        {
            Add(NumberOf(path), isWritable: true, "swap space");
        }

        return held;

        void Add(ulong? device, bool isWritable, string use)
        {
            if (device is { } number)
            {
                held.Add(new HeldDisk(DiskIdentity.OfDevice(number), isWritable, $"the host, {use}") { IsOfTheHost = true });
            }
        }
    }

    // btrfs has numbers of its own, and says where it lies; what others say there may be anybody's word
    private static ulong? DeviceOf(Mount mount) => DeviceNumber.Major(mount.Device) > 0 ? mount.Device : mount.Type == "btrfs" ? NumberOf(mount.Source) : null;

    private static ulong? NumberOf(string path) =>
        TargetLook.IsDevice(path) && FileSystem.TryStatus(Encoding.Latin1.GetBytes(path)) is { Kind: FileKind.BlockDevice } device ? device.OwnDevice : null;

    // proc_swaps(5): "Filename Type Size Used Priority", a header first
    private static IEnumerable<string> SwapDevices(string swaps) =>
        swaps.Split('\n').Skip(1).Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [_, "partition", ..]).Select(words => Mounts.Unescaped(words[0]));

    private static string Swaps()
    {
        using var file = FileSystem.TryOpen("/proc/swaps");
        return Encoding.Latin1.GetString(file?.ReadAll(MaxSwaps) ?? []);
    }
}
