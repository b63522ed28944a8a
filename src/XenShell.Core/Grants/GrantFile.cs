using System.Text;

namespace XenShell.Core.Grants;

/// <summary>
/// grants.d/GUEST.conf: one grant a line in the words of <see cref="GrantList"/>, '#' comments. One bad
/// line and the file grants nothing.
/// </summary>
public static class GrantFile
{
    /// <exception cref="FormatException">file:line: reason.</exception>
    public static IReadOnlyList<Grant> Parse(byte[] bytes, string file)
    {
        var grants = new List<Grant>();
        var number = 0;
        foreach (var raw in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            number++;
            var line = raw.Split('#')[0].Trim(' ', '\t');
            if (line.Length > 0)
            {
                grants.Add(line.IndexOfAny([' ', '\t', ',']) < 0
                    ? GrantList.ParseWord(line, file, number)
                    : throw new FormatException($"{file}:{number}: one grant a line, such as 'bob:operator'"));
            }
        }

        return grants;
    }
}
