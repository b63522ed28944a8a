namespace XenShell.Core.Printing;

/// <summary>Text broken at blanks, so that no word is cut by the edge of a terminal.</summary>
public static class Wrapped
{
    /// <param name="text">One paragraph, or several on lines of their own.</param>
    /// <param name="width">Columns; a longer word keeps a line of its own.</param>
    public static string At(string text, int width) => string.Join('\n', text.Split('\n').SelectMany(line => Break(line, width)));

    private static List<string> Break(string line, int width)
    {
        if (line.Length <= width)
        {
            return [line];
        }

        var lines = new List<string> { "" };
        foreach (var word in line.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? word : " " + word;
        }

        return lines;
    }
}
