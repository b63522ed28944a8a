namespace XenShell.Core.Names;

/// <summary>
/// The number of a job: six letters and digits that nobody takes for one another. Not counted up: that
/// would tell a tenant how busy the host is with others.
/// </summary>
public static class JobId
{
    private const int Length = 6;
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    public static string New() => string.Concat(Guid.NewGuid().ToByteArray().Take(Length).Select(b => Alphabet[b % Alphabet.Length]));

    public static bool IsValid(string text) => text.Length == Length && text.All(Alphabet.Contains);
}
