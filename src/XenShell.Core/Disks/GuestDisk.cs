using System.Text;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;

namespace XenShell.Core.Disks;

/// <summary>One disk of a guest, as a line of its file says (xl-disk-configuration(5)).</summary>
/// <param name="Target">The volume or file behind it, a character a byte.</param>
/// <param name="Device">As the guest sees it: "xvda2".</param>
/// <param name="IsPlain">Raw, served by the host itself: nothing between target and guest that we do not know.</param>
/// <param name="IsOfHost">Its target is the host's own, and not that of a driver domain (backend=).</param>
public sealed record GuestDisk(string Target, string Device, bool IsWritable, bool IsPlain, bool IsOfHost = true)
{
    /// <summary>What its target is at this moment; null where nothing is there, or nothing that can be compared.</summary>
    public DiskIdentity? Identity => IsOfHost ? DiskIdentity.Of(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Target))) : null;

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
        var (target, format, device, access, isPlain, isOfHost) = ("", "", "", "", true, true);
        var rest = line.Trim();
        foreach (var (prefix, isOurs) in Prefixes)
        {
            if (rest.StartsWith(prefix, StringComparison.Ordinal))
            {
                (rest, format, isPlain) = (rest[prefix.Length..], "raw", isOurs);
                break;
            }
        }

        var position = 0;
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
                    case "format": format = part[(equals + 1)..].Trim(); break;
                    case "vdev": device = part[(equals + 1)..].Trim(); break;
                    case "access": access = part[(equals + 1)..].Trim(); break;
                    case "backendtype": isPlain &= part[(equals + 1)..].Trim() is "phy" or "qdisk"; break;
                    case "discard" or "no-discard" or "direct-io-safe": break;
                    case "backend":
                        isOfHost = part[(equals + 1)..].Trim() is "0" or "Domain-0";
                        isPlain &= isOfHost;
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
                if (position == 1 && format.Length > 0)
                {
                    position++; // a prefix has said it
                }

                switch (position++)
                {
                    case 0: target = part; break;
                    case 1: format = part; break;
                    case 2: device = part; break;
                    case 3: access = part; break;
                    default: return null;
                }
            }

            rest = comma < 0 ? "" : rest[(comma + 1)..];
        }

        const string plain = ":disk"; // xl's older form says what it is; ":cdrom" is none to touch
        device = device.EndsWith(plain, StringComparison.Ordinal) ? device[..^plain.Length] : device;
        return device.Length > 0 && !device.Contains(':', StringComparison.Ordinal)
            ? new GuestDisk(target, device, access is "" or "w" or "rw", isPlain && format is "" or "raw" && target.StartsWith('/'), isOfHost)
            : null;
    }

    private static readonly (string Prefix, bool IsOurs)[] Prefixes =
        [("phy:", true), ("file:", true), ("tap:aio:", true), ("raw:", true), ("tap:", false), ("tap2:", false), ("qcow2:", false), ("qcow:", false), ("vhd:", false)];
}
