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

    /// <summary>What it is at this moment; null where there is nothing, or nothing that a disk could be.</summary>
    public DiskIdentity? Identity(TargetLook look) => Backend is not null ? DiskIdentity.OfDriverDomain(Target) : IsEmpty ? null : look.Of(Target);

    /// <summary>All that the guest's file names.</summary>
    /// <exception cref="DiskLineException">One of them would be refused by xl as well; what it means to anybody else cannot be said.</exception>
    public static IReadOnlyList<GuestDisk> AllOf(Guest guest)
    {
        try
        {
            var config = XlConfig.Parse(guest.Bytes, guest.File);
            return config.IsList("disk") ? [.. config.GetStrings("disk")!.Select(line => Parse(line) ?? throw new DiskLineException(line))] : [];
        }
        catch (XlConfigException e)
        {
            throw new DiskLineException(e.Message);
        }
    }

    /// <summary>Reads one line; null for one that xl refuses.</summary>
    public static GuestDisk? Parse(string line) => new DiskLine(line).Read();
}
