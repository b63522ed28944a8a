using System.Globalization;

namespace XenShell.Core.GuestFiles;

/// <summary>
/// A guest's configuration, xl.cfg(5), as libxlu reads it. What libxlu refuses is refused; where both
/// accept, the values agree (a differential test holds it to that). Strings are Latin-1: one character
/// a byte, so that nothing is lost or made equal.
/// </summary>
public sealed class XlConfig
{
    private readonly string fileName;
    private readonly Dictionary<string, XlSetting> settings;

    private XlConfig(string fileName, Dictionary<string, XlSetting> settings)
    {
        this.fileName = fileName;
        this.settings = settings;
    }

    public IEnumerable<string> Keys => settings.Keys;

    /// <param name="fileName">For messages only.</param>
    /// <exception cref="XlConfigException">file:line: reason.</exception>
    public static XlConfig Parse(ReadOnlySpan<byte> bytes, string fileName) =>
        new(fileName, new XlParser(bytes, fileName).Parse());

    /// <summary>1-based line of the last assignment; 0 when absent.</summary>
    public int LineOf(string key) => settings.TryGetValue(key, out var setting) ? setting.Value.Line : 0;

    /// <summary>A single value, numbers as they are written; null when absent (xlu_cfg_get_string).</summary>
    /// <exception cref="XlConfigException">It is a list.</exception>
    public string? GetString(string key) =>
        settings.TryGetValue(key, out var setting)
            ? setting.Value.Text ?? throw Error(setting, $"'{key}' is a list but should be a single value")
            : null;

    /// <summary>A number in decimal, 0x or 0 notation; null when absent (xlu_cfg_get_long).</summary>
    /// <exception cref="XlConfigException">It is no number, too large, or was put together with +=.</exception>
    public long? GetInteger(string key)
    {
        if (GetString(key) is not { } text)
        {
            return null;
        }

        var setting = settings[key];
        return !setting.WasAdded && TryStrtol(text, out var number) ? number : throw Error(setting, $"'{key}' is not a valid number");
    }

    /// <summary>It is there and a list; of what should be one and is not, xl warns and goes on without.</summary>
    public bool IsList(string key) => settings.TryGetValue(key, out var setting) && setting.Value.Items is not null;

    /// <summary>A list of single values; null when absent (xlu_cfg_get_list, xlu_cfg_get_listitem).</summary>
    /// <exception cref="XlConfigException">It is no list, or holds lists.</exception>
    public IReadOnlyList<string>? GetStrings(string key)
    {
        if (!settings.TryGetValue(key, out var setting))
        {
            return null;
        }

        var items = setting.Value.Items ?? throw Error(setting, $"'{key}' is a single value but should be a list");
        return [.. items.Select(item => item.Text ?? throw Error(setting, $"'{key}' holds a list in a list"))];
    }

    private XlConfigException Error(XlSetting setting, string reason) => new(fileName, setting.Value.Line, reason);

    // strtol(3) with base 0 on the whole string.
    private static bool TryStrtol(string text, out long number)
    {
        number = 0;
        var digits = text.AsSpan().TrimStart(" \t\n\v\f\r");
        var negative = digits.StartsWith("-");
        if (negative || digits.StartsWith("+"))
        {
            digits = digits[1..];
        }

        var (radix, start) = digits switch
        {
            ['0', 'x' or 'X', _, ..] => (16UL, 2),
            ['0', ..] => (8UL, 0),
            _ => (10UL, 0),
        };
        digits = digits[start..];
        var limit = negative ? (ulong)long.MaxValue + 1 : long.MaxValue;
        var value = 0UL;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c) || (ulong)Convert.ToInt32(c.ToString(CultureInfo.InvariantCulture), 16) is var digit && digit >= radix
                || value > (limit - digit) / radix)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        number = negative ? unchecked((long)(0 - value)) : (long)value;
        return digits.Length > 0;
    }
}
