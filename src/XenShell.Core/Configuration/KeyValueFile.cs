using Microsoft.Extensions.Configuration.Ini;

namespace XenShell.Core.Configuration;

/// <summary>The "key = value" lines of a configuration file of ours, and what a value may be.</summary>
internal static class KeyValueFile
{
    /// <returns>"file:line", key and value of each.</returns>
    /// <exception cref="ConfigurationException">file:line: what is wrong.</exception>
    internal static IEnumerable<(string Where, string Key, string Value)> Entries(string file, byte[] bytes)
    {
        var lines = SettingsLines.Check(file, bytes);
        foreach (var (key, value) in IniStreamConfigurationProvider.Read(new MemoryStream(bytes)))
        {
            var where = $"{file}:{lines[key]}";

            // The INI reader keeps "value # remark" whole; nobody means that.
            if (value is null || value.Contains(" #", StringComparison.Ordinal) || value.Contains("\t#", StringComparison.Ordinal))
            {
                throw Error(where, key, "a remark behind a value would belong to the value; give it a line of its own");
            }

            yield return (where, key, value);
        }
    }

    internal static string Printable(string where, string key, string value, int most) =>
        value.Length <= most ? value : throw Error(where, key, $"longer than {most} characters");

    internal static string AbsolutePath(string where, string key, string value) =>
        value.StartsWith('/') && !value.EndsWith('/') && !value.Split('/').Contains("..")
            ? value
            : throw Error(where, key, $"'{value}' must be an absolute path without '..'");

    internal static int Number(string where, string key, string value, string unit, int most) =>
        int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw Error(where, key, $"'{value}' must be {unit}, 1 to {most}");

    internal static Grants.Grantee[] Grantees(string where, string key, string value)
    {
        try
        {
            return [.. Grants.GrantList.Words(value).Select(Grants.Grantee.Parse)];
        }
        catch (FormatException e)
        {
            throw Error(where, key, e.Message);
        }
    }

    internal static ConfigurationException Error(string where, string key, string reason) => new($"{where}: {key}: {reason}");
}
