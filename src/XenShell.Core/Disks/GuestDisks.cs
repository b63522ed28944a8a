using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Volumes;

namespace XenShell.Core.Disks;

/// <summary>The disks of a guest that a re-image is about: where its system is, and its swap. All others stay as they are.</summary>
/// <param name="Root">Null when it cannot be said which one it is, or nothing that we can handle.</param>
/// <param name="Problem">Why there is no root, for people.</param>
public sealed record GuestDisks(GuestDisk? Root, GuestDisk? Swap, string? Problem)
{
    private const string Devices = "/dev/";

    /// <summary>What stands behind them, the system's first: names that others are made beside.</summary>
    public IReadOnlyList<string> Volumes => [.. new[] { Root, Swap }.OfType<GuestDisk>().Select(disk => VolumeKind.NameOf(disk.Target))];

    public static GuestDisks Of(Guest guest)
    {
        try
        {
            var config = XlConfig.Parse(guest.Bytes, guest.File);
            var disks = (config.GetStrings("disk") ?? []).Select(GuestDisk.Parse).ToList();
            if (disks.Count == 0)
            {
                return Nothing("it has no disk");
            }

            var boot = BootWords.Of(config);
            if (boot.Root is { } word && word.StartsWith(Devices, StringComparison.Ordinal))
            {
                var named = word[Devices.Length..];
                var root = disks.FirstOrDefault(disk => disk is not null && disk.Device == named);
                return root is null ? Nothing($"its system is on {named}, which is none of its disks but a part of one, or called otherwise")
                    : boot.HasLoader && root != disks[0] ? Nothing($"its kernel is on its first disk, and its system on {named}")
                    : With(root, disks);
            }

            if (boot.HasLoader)
            {
                return With(disks[0], disks);
            }

            var candidates = disks.Where(disk => disk is null || !(disk.IsDrive || IsSwap(disk))).ToList();
            return candidates.Count > 1
                ? Nothing("it cannot be said on which of its disks its system is; please tell the administrator (its file has no root=/dev/…)")
                : With(candidates.FirstOrDefault() ?? disks[0], disks);
        }
        catch (XlConfigException)
        {
            return Nothing("its disk line is not understood");
        }
    }

    private static GuestDisks With(GuestDisk? root, IReadOnlyList<GuestDisk?> disks) => root switch
    {
        null => Nothing("its disk line is not understood"),
        { IsWritable: false } => Nothing("its disk cannot be written by it"),
        { IsPlain: false } => Nothing($"its disk is neither a logical volume nor a raw image file ({root.Target})"),
        _ => new GuestDisks(root, disks.FirstOrDefault(disk => disk is { IsPlain: true, IsWritable: true } && disk != root && IsSwap(disk)), null),
    };

    private static GuestDisks Nothing(string problem) => new(null, null, problem);

    // As xen-tools names them: web1-swap, swap.img.
    private static bool IsSwap(GuestDisk disk) =>
        disk.Target[(disk.Target.LastIndexOf('/') + 1)..] is var name
        && (name.EndsWith("-swap", StringComparison.Ordinal) || name.EndsWith("_swap", StringComparison.Ordinal)
            || name.StartsWith("swap.", StringComparison.Ordinal) || name.EndsWith("-swap.img", StringComparison.Ordinal) || name == "swap");
}
