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

    /// <summary>The devices of the host's that the guest's cards are plugged into.</summary>
    public static IReadOnlyList<string> Bridges(IReadOnlyList<string> lines) => [.. Values(lines, "bridge=")];

    private static IEnumerable<string> Values(IReadOnlyList<string> lines, string key) => lines
        .SelectMany(line => line.Split(','))
        .Select(part => part.Trim())
        .Where(part => part.StartsWith(key, StringComparison.Ordinal))
        .Select(part => part[key.Length..]);
}
