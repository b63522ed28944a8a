using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;

namespace XenShell.Core.Disks;

/// <summary>One disk of a guest, as a line of its file says (xl-disk-configuration(5)).</summary>
/// <param name="Target">The volume or file behind it, a character a byte.</param>
/// <param name="Device">As the guest sees it: "xvda2".</param>
/// <param name="IsPlain">Raw, served by the host itself: nothing between target and guest that we do not know.</param>
/// <param name="Backend">The driver domain whose disk it is (backend=); null for the host's own.</param>
public sealed record GuestDisk(string Target, string Device, bool IsWritable, bool IsPlain, string? Backend = null)
{
    /// <summary>There is nothing in it: a drive without its disk.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>A CD-ROM's, whatever is in it.</summary>
    public bool IsDrive { get; init; }

    /// <summary>It is meant to be written by several guests ("w!"), which xend allows and xl does not know.</summary>
    public bool IsShared { get; init; }

    /// <summary>The toolstack starts no guest without it; what a script or QEMU makes of a name may come to be on the way.</summary>
    public bool MustBeThere { get; init; }

    /// <summary>raw, qcow2, vhd, …</summary>
    public string Format { get; init; } = "raw";

    /// <summary>What has to be looked at to say what it is.</summary>
    public string? LookedAt => Backend is null && !IsEmpty ? Target : null;

    /// <summary>What it is, or may be; nothing where there is nothing that a disk could be.</summary>
    public IEnumerable<DiskIdentity> Identities(TargetLook look) =>
        Backend is not null ? [DiskIdentity.OfDriverDomain(Target)] : LookedAt is { } target ? look.Of(target) : [];

    /// <summary>All that the guest's file names.</summary>
    /// <param name="mayBeShared">The toolstack knows "w!".</param>
    /// <exception cref="DiskLineException">One of them is not understood: what it means to somebody else cannot be said.</exception>
    public static IReadOnlyList<GuestDisk> AllOf(Guest guest, bool mayBeShared = false)
    {
        try
        {
            return [.. Lines(guest).Select(line => Parse(line) is { } disk && (mayBeShared || !disk.IsShared) ? disk : throw new DiskLineException(line))];
        }
        catch (XlConfigException e)
        {
            throw new DiskLineException(e.Message);
        }
    }

    /// <summary>Those that are understood.</summary>
    public static IReadOnlyList<GuestDisk> SomeOf(Guest guest)
    {
        try
        {
            return [.. Lines(guest).Select(Parse).OfType<GuestDisk>()];
        }
        catch (XlConfigException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> Lines(Guest guest)
    {
        var config = XlConfig.Parse(guest.Bytes, guest.File);
        return config.IsList("disk") ? config.GetStrings("disk")! : [];
    }

    /// <summary>Reads one line; null for one that xl refuses, but for what <see cref="IsShared"/> says.</summary>
    public static GuestDisk? Parse(string line) => new DiskLine(line).Read();
}
