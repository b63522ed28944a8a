using System.Globalization;
using System.Text;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// "xenstore-ls -f" of Domain-0's side of the guests' disks: "…/backend/vbd/3/51712/params = "/dev/vg0/web1"", and mode and
/// physical-device beside it (libxl_disk.c; xenstore_client.c for the quoting). Guests can only read it. Without any guest
/// there is no such folder, and its parent is always there.
/// </summary>
public static class BackendTree
{
    public const string Root = "/local/domain/0";

    private const string Backends = Root + "/backend/";
    private const string Is = " = \"";

    public static IReadOnlyList<DomainDisk> Disks(string text)
    {
        var devices = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf(Is, StringComparison.Ordinal);
            var slash = equals < 0 ? -1 : line.LastIndexOf('/', equals);
            if (slash > Backends.Length && line.StartsWith(Backends, StringComparison.Ordinal) && line.EndsWith('"'))
            {
                var device = line[Backends.Length..slash];
                devices.TryAdd(device, new(StringComparer.Ordinal));
                devices[device][line[(slash + 1)..equals]] = line[(equals + Is.Length)..^1];
            }
        }

        return [.. devices.Select(device => Disk(device.Key, device.Value)).OfType<DomainDisk>()];
    }

    // "vbd/3/51712"; only a disk has "params". For xl "!" in the mode means nothing.
    private static DomainDisk? Disk(string device, Dictionary<string, string> values) =>
        values.TryGetValue("params", out var target) && target.Length > 0
        && device.Split('/') is [_, var domain, _] && int.TryParse(domain, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new DomainDisk(id, PathOf(target), values.GetValueOrDefault("mode", "w").StartsWith('w'), DeviceOf(values.GetValueOrDefault("physical-device", "")))
            : null;

    // "aio:/srv/web1.img" where QEMU serves it.
    private static string PathOf(string target)
    {
        var colon = target.StartsWith('/') ? -1 : target.IndexOf(":/", StringComparison.Ordinal);
        return Unquoted(target[(colon + 1)..]);
    }

    // "fe:0", major and minor in hexadecimal; as the kernel and glibc put them together (makedev(3)).
    private static ulong? DeviceOf(string text) =>
        text.Split(':') is [var high, var low]
        && ulong.TryParse(high, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var major)
        && ulong.TryParse(low, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var minor)
            ? ((major & 0xFFF) << 8) | ((major & ~0xFFFul) << 32) | (minor & 0xFF) | ((minor & ~0xFFul) << 12)
            : null;

    // What is not printable ASCII stands there as \xNN, a backslash twice (and control characters, which no path of a disk
    // has, in other ways); the bytes are UTF-8, if anything.
    private static string Unquoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x'
                && byte.TryParse(text.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var quoted))
            {
                bytes.Add(quoted);
                i += 3;
            }
            else
            {
                i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
