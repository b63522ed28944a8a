namespace XenShell.Core.Grants;

/// <summary>
/// The value of xen_shell: "bob, alice:operator, %noc:viewer"; a bare name is an owner. One bad word, or a
/// forgotten comma, and the whole line grants nothing: a slip must not leave half a policy, or another one.
/// </summary>
public static class GrantList
{
    /// <exception cref="FormatException">A word is no grant.</exception>
    public static IReadOnlyList<Grant> Parse(string value, string file, int line) =>
        [.. value.Split(',').Select(word => word.Trim(' ', '\t')).Where(word => word.Length > 0).Select(word => ParseWord(word, file, line))];

    /// <summary>Words between commas and blanks.</summary>
    public static string[] Words(string value) => value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    internal static Grant ParseWord(string word, string file, int line)
    {
        if (word.AsSpan().ContainsAny(' ', '\t'))
        {
            throw new FormatException($"{file}:{line}: a comma belongs between two grants");
        }

        var colon = word.IndexOf(':', StringComparison.Ordinal);
        try
        {
            return new Grant(Grantee.Parse(colon < 0 ? word : word[..colon]), colon < 0 ? Role.Owner : ParseRole(word[(colon + 1)..]), file, line);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file}:{line}: {e.Message}");
        }
    }

    private static Role ParseRole(string word) => word switch
    {
        "viewer" => Role.Viewer,
        "operator" => Role.Operator,
        "owner" => Role.Owner,
        _ => throw new FormatException("a role must be viewer, operator or owner"),
    };
}
