using System.Buffers;

namespace XenShell.Core.Grants;

/// <summary>A user, or a group written as %group.</summary>
public sealed record Grantee(string Name, bool IsGroup)
{
    private const int MaxName = 32; // Linux' LOGIN_NAME_MAX for useradd
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

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
        && !name.AsSpan().ContainsAnyExcept(Letters)
        && name.AsSpan().ContainsAnyExceptInRange('0', '9');

    public override string ToString() => IsGroup ? $"%{Name}" : Name;
}
