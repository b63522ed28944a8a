namespace XenShell.Core.Grants;

/// <summary>A user, or a group written as %group.</summary>
public sealed record Grantee(string Name, bool IsGroup)
{
    private const int MaxName = 32; // Linux' LOGIN_NAME_MAX for useradd

    /// <exception cref="FormatException">Not a login or group name.</exception>
    public static Grantee Parse(string word)
    {
        var isGroup = word.StartsWith('%');
        var name = isGroup ? word[1..] : word;
        return IsLogin(name) ? new Grantee(name, isGroup) : throw new FormatException("a grant must name a user or a %group");
    }

    /// <summary>A login or group name: letters, digits, '.', '_', '-', not beginning with '-' or '.', not digits alone.</summary>
    public static bool IsLogin(string name) =>
        name.Length is > 0 and <= MaxName
        && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        && !name.All(char.IsAsciiDigit);

    public override string ToString() => IsGroup ? $"%{Name}" : Name;
}
