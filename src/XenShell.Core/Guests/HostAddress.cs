using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using XenShell.Core.Native;

namespace XenShell.Core.Guests;

/// <summary>The address of one host, with the length of its network's prefix where that stands behind it.</summary>
/// <param name="Text">Without the prefix.</param>
public sealed record HostAddress(string Text, bool IsV6, int? Prefix)
{
    /// <summary>"192.0.2.7", "192.0.2.7/24", "2001:db8::7/64".</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostAddress? address)
    {
        address = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (AddressBytes.Of(host) is not { } bytes)
        {
            return false;
        }

        int? prefix = null;
        if (slash >= 0)
        {
            if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bytes.Length * 8)
            {
                return false;
            }

            prefix = length;
        }

        address = new HostAddress(host, bytes.Length > 4, prefix);
        return true;
    }

    /// <summary>24 is "255.255.255.0".</summary>
    public static string NetmaskOf(int prefix)
    {
        var mask = prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);
        return $"{mask >> 24}.{(mask >> 16) & 0xFF}.{(mask >> 8) & 0xFF}.{mask & 0xFF}";
    }

    /// <summary>"255.255.255.0" is 24; null for what is no such mask.</summary>
    public static int? PrefixOf(string netmask)
    {
        if (AddressBytes.Of(netmask) is not { Length: 4 } bytes)
        {
            return null;
        }

        var mask = (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        var length = System.Numerics.BitOperations.LeadingZeroCount(~mask);
        return mask == (length == 0 ? 0 : uint.MaxValue << (32 - length)) ? length : null;
    }
}
