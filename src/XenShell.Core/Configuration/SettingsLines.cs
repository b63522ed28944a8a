using System.Text;

namespace XenShell.Core.Configuration;

/// <summary>
/// The lines of xen-shell.conf, looked through before the INI reader gets them: that one drops lines
/// beginning with '/' as remarks, counts no lines, and says in its own words, which are not in our
/// programs, what it does not like.
/// </summary>
internal static class SettingsLines
{
    /// <returns>The line of each key.</returns>
    /// <exception cref="ConfigurationException">file:line: what is wrong.</exception>
    internal static Dictionary<string, int> Check(string file, byte[] bytes)
    {
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase); // as the INI reader compares
        var number = 0;
        foreach (var raw in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            number++;
            ConfigurationException Error(string reason) => new($"{file}:{number}: {reason}");

            if (raw.Any(c => c is not ((>= ' ' and <= '~') or '\t')))
            {
                throw Error("only printable ASCII is allowed; look for a carriage return, a byte order mark or an accent");
            }

            var line = raw.Trim(' ', '\t');
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line[0] == '[')
            {
                throw Error("there are no [sections] in this file");
            }

            if (line[0] == '/')
            {
                throw Error("a line cannot begin with '/'; a remark begins with '#'");
            }

            if (equals < 0)
            {
                throw Error("no '=': a line reads 'key = value'");
            }

            var key = line[..equals].TrimEnd(' ', '\t');
            if (key.Length == 0)
            {
                throw Error("no key before '='");
            }

            if (key.Contains(':', StringComparison.Ordinal))
            {
                throw Error("unknown key; xen-shell.conf(5) lists them"); // it would be a section's to the INI reader
            }

            if (!lines.TryAdd(key, number))
            {
                throw Error($"{key}: already set in line {lines[key]}");
            }
        }

        return lines;
    }
}
