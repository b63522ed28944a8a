using System.Text;
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
    /// <summary>What its target is at this moment; null where there is none, or nothing that a disk could be.</summary>
    public DiskIdentity? Identity => Backend is null
        ? DiskIdentity.Of(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Target)))
        : DiskIdentity.OfName($"{Backend}:{Target}");

    /// <summary>All that the guest's file names and that are understood.</summary>
    public static IReadOnlyList<GuestDisk> AllOf(Guest guest)
    {
        try
        {
            return [.. (XlConfig.Parse(guest.Bytes, guest.File).GetStrings("disk") ?? []).Select(Parse).OfType<GuestDisk>()];
        }
        catch (XlConfigException)
        {
            return []; // xl will not read them either
        }
    }

    /// <summary>Reads one line; null for one that is not understood, which is then no disk to touch.</summary>
    public static GuestDisk? Parse(string line)
    {
        var (target, format, device, access, isPlain) = ("", "", "", "", true);
        string? backend = null;
        var rest = line.Trim();
        var prefixes = 0;
        while (prefixes < MaxPrefixes && Array.Find(Prefixes, prefix => rest.StartsWith(prefix.Word, StringComparison.Ordinal)) is { Word: { } word } found)
        {
            rest = rest[word.Length..];
            format = "raw";
            isPlain &= found.IsOurs;
            prefixes++;
        }

        var (hasTarget, hasFormat, hasAccess) = (false, prefixes > 0, false); // libxlu's: a word means the first of these that is open still
        while (rest.Length > 0)
        {
            var comma = rest.IndexOf(',', StringComparison.Ordinal);
            var part = (comma < 0 ? rest : rest[..comma]).Trim();
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                switch (part[..equals].Trim())
                {
                    case "target": // takes the rest of the line
                        target = rest[(rest.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
                        rest = "";
                        continue;
                    case "format":
                        (format, hasFormat) = (part[(equals + 1)..].Trim(), true);
                        break;
                    case "vdev": device = part[(equals + 1)..].Trim(); break;
                    case "access": access = part[(equals + 1)..].Trim(); break;
                    case "backendtype": isPlain &= part[(equals + 1)..].Trim() is "phy" or "qdisk"; break;
                    case "discard" or "no-discard" or "direct-io-safe": break;
                    case "backend":
                        backend = part[(equals + 1)..].Trim();
                        backend = backend.Trim('0').Length == 0 || backend == "Domain-0" ? null : backend; // libxl reads digits as a domid, and nothing as 0
                        isPlain &= backend is null;
                        break;
                    default: isPlain = false; break; // script=, colo-…
                }
            }
            else if (part is "cdrom")
            {
                isPlain = false;
            }
            else if (part is not ("discard" or "no-discard" or "direct-io-safe"))
            {
                switch (hasTarget, hasFormat, device.Length > 0, hasAccess)
                {
                    case (false, _, _, _): (target, hasTarget) = (part, true); break;
                    case (_, false, _, _): (format, hasFormat) = (part, true); break;
                    case (_, _, false, _): device = part; break;
                    case (_, _, _, false): (access, hasAccess) = (part, true); break;
                    default: return null;
                }
            }

            rest = comma < 0 ? "" : rest[(comma + 1)..];
        }

        const string plain = ":disk"; // xl's older form says what it is; ":cdrom" is none to touch
        device = device.EndsWith(plain, StringComparison.Ordinal) ? device[..^plain.Length] : device;
        return device.Length > 0 && !device.Contains(':', StringComparison.Ordinal)
            ? new GuestDisk(target, device, access is "" or "w" or "rw", isPlain && format is "" or "raw" && target.StartsWith('/'), backend)
            : null;
    }

    private const int MaxPrefixes = 16; // "tap2:tapdisk:aio:" has three

    // libxlu_disk_l.l strips them one by one; those that name a format or a script are none of ours.
    private static readonly (string Word, bool IsOurs)[] Prefixes =
    [
        ("phy:", true), ("file:", true), ("tap:aio:", true), ("aio:", true), ("raw:", true), ("tap:", false), ("tap2:", false), ("tapdisk:", false), ("ioemu:", false),
        ("qcow2:", false), ("qcow:", false), ("vhd:", false), ("drbd:", false), ("iscsi:", false), ("nbd:", false), ("enbd:", false),
    ];
}
