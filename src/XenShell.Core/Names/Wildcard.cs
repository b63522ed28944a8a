namespace XenShell.Core.Names;

/// <summary>glob(7) with '*' and '?' for one file name; a leading dot is matched only by a dot.</summary>
public static class Wildcard
{
    public static bool Matches(string pattern, string name) =>
        name.StartsWith('.') == pattern.StartsWith('.') && Matches(pattern.AsSpan(), name);

    // Linear in practice: one point to fall back to, the last '*'.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == name[n])))
            {
                p++;
                n++;
            }
            else if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
