using System.Globalization;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>How xl finds the domain that an argument names.</summary>
internal static class DomainLookup
{
    /// <summary>A number is an id, "" is id 0, 32 bits count; anything else is a name.</summary>
    /// <exception cref="XlException">xl's "is an invalid domain identifier".</exception>
    public static Domain Require(DomainStore store, string word) =>
        (word.All(char.IsAsciiDigit) ? store.Find(Number(word)) : ByName(store, word))
        ?? throw new XlException(1, $"{word} is an invalid domain identifier (rc=-6)\n");

    public static Domain? ByName(DomainStore store, string name) => store.List().FirstOrDefault(domain => domain.Name == name);

    private static int Number(string digits) =>
        unchecked((int)(uint)(ulong.TryParse(digits.Length == 0 ? "0" : digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : ulong.MaxValue)); // strtoul's answer to an overflow
}
