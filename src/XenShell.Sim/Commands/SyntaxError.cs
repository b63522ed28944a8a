using System.Text;
using XenShell.Core.GuestFiles;

namespace XenShell.Sim.Commands;

/// <summary>libxlu's words for a configuration that it cannot parse, as near as our parser knows the place.</summary>
internal static class SyntaxError
{
    public static string Describe(XlConfigException error, ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        var line = error.Line <= lines.Length ? lines[Math.Max(0, error.Line - 1)] : "";
        // A string that does not end on its line is a lexical error, and the text from its quote is quoted.
        var quote = line.IndexOfAny(['\'', '"']);
        var open = quote >= 0 && line.IndexOf(line[quote], quote + 1) < 0;
        var near = (open ? line[quote..] : line).Trim();
        return $"{error.FileName}:{error.Line}: config parsing error near {(near.Length > 0 ? $"`{near}'" : "<newline>")}: {(open ? "lexical" : "syntax")} error\n"
            + "Failed to parse config: Invalid argument\n";
    }
}
