namespace XenShell.Core.Native;

/// <summary>inet_pton(3): the one spelling of IPv4, and IPv6 without a zone.</summary>
public static unsafe class AddressBytes
{
    /// <returns>4 or 16 bytes; null for what is no address.</returns>
    public static byte[]? Of(string text)
    {
        var bytes = stackalloc byte[16];
        return text.Contains('\0') ? null
            : Libc.inet_pton(Libc.AF_INET, text, bytes) == 1 ? new ReadOnlySpan<byte>(bytes, 4).ToArray()
            : Libc.inet_pton(Libc.AF_INET6, text, bytes) == 1 ? new ReadOnlySpan<byte>(bytes, 16).ToArray()
            : null;
    }
}
