namespace XenShell.Core.Guests;

/// <summary>The network lines of a guest file: xl-network-configuration(5).</summary>
public static class Vif
{
    /// <summary>The addresses behind ip= in "mac=…,ip=192.0.2.7 192.0.2.8,bridge=…"; what is no address text is left out.</summary>
    public static IReadOnlyList<string> Addresses(IReadOnlyList<string> lines, int most) =>
    [
        .. Values(lines, "ip=")
            .SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(address => address.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':' or '/'))
            .Take(most),
    ];

    /// <summary>The devices of this host's that the guest's cards are plugged into, as far as the scripts of Xen's own do that.</summary>
    public static IReadOnlyList<string> Bridges(IReadOnlyList<string> lines) =>
    [
        .. lines
            .Where(line => Last(line, "backend=") is null && Last(line, "script=") is null or "vif-bridge" or "vif-openvswitch")
            .Select(line => Last(line, "bridge="))
            .OfType<string>(),
    ];

    // xl takes the last of a key.
    private static string? Last(string line, string key) => Values([line], key).LastOrDefault();

    private static IEnumerable<string> Values(IReadOnlyList<string> lines, string key) => lines
        .SelectMany(line => line.Split(','))
        .Select(part => part.Trim())
        .Where(part => part.StartsWith(key, StringComparison.Ordinal))
        .Select(part => part[key.Length..]);
}
