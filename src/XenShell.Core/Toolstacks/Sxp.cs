using System.Globalization;
using System.Text;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// One S-expression as xend writes it (Xen 3.0 to 4.4, tools/python/xen/xend/sxp.py, show): a list, a plain
/// atom, or a string in Python's own quotes. Guests choose some of the strings (kernel arguments through
/// pygrub): what Python would not have written so is no answer at all.
/// </summary>
/// <param name="Word">Of an atom or a string; null for a list.</param>
/// <param name="Items">Of a list.</param>
public sealed record Sxp(string? Word, IReadOnlyList<Sxp> Items)
{
    private const int MaxDepth = 32; // xend nests seven deep
    private const string AtomMarks = ".-_:/~+@"; // atomp's, '+' of a large number, and '@' alone

    /// <summary>The word that a list begins with.</summary>
    public string? Head => Items.Count > 0 ? Items[0].Word : null;

    /// <summary>Of "(name web1)" among the items of a list: "web1"; the first one counts, as for xend.</summary>
    public string? Value(string name) =>
        Items.FirstOrDefault(item => item.Head == name) is { Items: [_, { Word: { } word }] } ? word : null;

    /// <summary>The lists at the top.</summary>
    /// <exception cref="FormatException">The text is not wholly what xend writes.</exception>
    public static IReadOnlyList<Sxp> Parse(string text)
    {
        var open = new Stack<List<Sxp>>([[]]);
        for (var at = 0; at < text.Length;)
        {
            switch (text[at])
            {
                case ' ' or '\n':
                    at++;
                    break;
                case '(' when open.Count <= MaxDepth:
                    at++;
                    open.Push([]);
                    break;
                case ')' when open.Count > 1:
                    at++;
                    var items = open.Pop();
                    open.Peek().Add(new Sxp(null, items));
                    break;
                case '\'' or '"' when open.Count > 1:
                    open.Peek().Add(new Sxp(Quoted(text, ref at), []));
                    break;
                case var c when IsAtom(c) && open.Count > 1:
                    open.Peek().Add(new Sxp(Atom(text, ref at), []));
                    break;
                default:
                    throw Broken(at);
            }
        }

        return open.Count == 1 ? open.Peek() : throw Broken(text.Length);
    }

    private static FormatException Broken(int at) => new($"not xend's writing at character {at}");

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c) || AtomMarks.Contains(c, StringComparison.Ordinal);

    private static string Atom(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && IsAtom(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    // repr() of Python 2: printable ASCII, and \\ \' \n \r \t \xNN.
    private static string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var word = new StringBuilder();
        while (at < text.Length && text[at] is >= ' ' and <= '~')
        {
            var c = text[at++];
            if (c == quote)
            {
                return word.ToString();
            }

            word.Append(c == '\\' ? Escaped(text, ref at) : c);
        }

        throw Broken(at);
    }

    private static char Escaped(string text, ref int at)
    {
        var start = at;
        switch (at < text.Length ? text[at++] : '\0')
        {
            case '\\': return '\\';
            case '\'': return '\'';
            case '"': return '"';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'x' when at + 2 <= text.Length && byte.TryParse(text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                at += 2;
                return (char)value;
            default: throw Broken(start);
        }
    }
}
