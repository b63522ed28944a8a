using XenShell.Core.Native;

namespace XenShell.Core.Printing;

/// <summary>Text broken at blanks, so that no word is cut by the edge of a terminal.</summary>
public static class Wrapped
{
    /// <param name="text">One paragraph, or several on lines of their own.</param>
    /// <param name="width">Columns; a longer word keeps a line of its own.</param>
    public static string At(string text, int width) => string.Join('\n', text.Split('\n').SelectMany(line => Break(line, width)));

    /// <summary>For a descriptor: people read terminals, programs want lines as they are.</summary>
    public static string ToFit(Fd fd, string text) => Terminal.IsTerminal(fd) ? At(text, Terminal.Size(fd).Columns - 1) : text;

    private static List<string> Break(string line, int width)
    {
        if (line.Length <= width)
        {
            return [line];
        }

        var indent = line[..^line.TrimStart(' ').Length];
        var lines = new List<string> { indent };
        foreach (var word in line[indent.Length..].Split(' '))
        {
            if (lines[^1].Length > indent.Length && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add(indent);
            }

            lines[^1] += lines[^1].Length == indent.Length ? word : " " + word;
        }

        return lines;
    }
}
