namespace XenShell.Core.Toolstacks;

/// <summary>One S-expression of xend: a head word and its members.</summary>
/// <param name="Members">Lists; plain words are lists without members.</param>
public sealed record Sxp(string Head, IReadOnlyList<Sxp> Members)
{
    private const int MaxDepth = 32; // xend nests seven deep

    /// <summary>Of "(name web1)" among the members of a list: "web1".</summary>
    public string? Value(string name) =>
        Members.FirstOrDefault(member => member.Head == name && member.Members.Count == 1)?.Members[0].Head;

    /// <summary>The lists at the top; an unbalanced end closes what is open.</summary>
    public static IReadOnlyList<Sxp> Parse(string text)
    {
        var top = new List<Sxp>();
        var open = new Stack<List<Sxp>>();
        open.Push(top);
        var at = 0;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '(' when open.Count < MaxDepth:
                    open.Push([]);
                    at++;
                    break;
                case '(' or ')':
                    Close(open);
                    at++;
                    break;
                case var c when char.IsWhiteSpace(c):
                    at++;
                    break;
                default:
                    open.Peek().Add(new Sxp(Word(text, ref at), []));
                    break;
            }
        }

        while (open.Count > 1)
        {
            Close(open);
        }

        return top;
    }

    private static void Close(Stack<List<Sxp>> open)
    {
        if (open.Count > 1 && open.Pop() is { Count: > 0 } words)
        {
            open.Peek().Add(new Sxp(words[0].Head, words[1..]));
        }
    }

    private static string Word(string text, ref int at)
    {
        if (text[at] is '\'' or '"')
        {
            var end = text.IndexOf(text[at], at + 1);
            var quoted = text[(at + 1)..(end < 0 ? text.Length : end)];
            at = end < 0 ? text.Length : end + 1;
            return quoted;
        }

        var start = at;
        while (at < text.Length && text[at] is not ('(' or ')') && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return text[start..at];
    }
}
