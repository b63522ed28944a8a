using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace XenShell.Core.Names;

/// <summary>
/// The name of a guest that may stand in a toolstack's argv, in a lock's path and in a console log's
/// path: a letter or digit, then up to 62 letters, digits, '.', '_' or '-'. No "..", not all digits (xl
/// takes that for a domid) and not Domain-0. Case matters.
/// </summary>
public sealed record GuestName
{
    private const int MaxLength = 63; // as long as a DNS label
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private GuestName(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out GuestName? name)
    {
        name = IsValid(text) ? new GuestName(text) : null;
        return name is not null;
    }

    /// <exception cref="FormatException">The grammar above is broken.</exception>
    public static GuestName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("not the name of a guest");

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(Letters)
        && text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && !text.Equals("Domain-0", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("..", StringComparison.Ordinal);

    public override string ToString() => Text;
}
