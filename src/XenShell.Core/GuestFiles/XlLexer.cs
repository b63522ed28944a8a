using System.Text;

namespace XenShell.Core.GuestFiles;

/// <summary>
/// The lexer of tools/libs/util/libxlu_cfg_l.l (Xen 4.17), over bytes. Beyond what libxlu refuses it
/// refuses NUL (which would cut a string there), carriage returns, the escapes \x and \0 to \7 (libxlu
/// reads them wrongly: it drops the character, or ends by an assertion), and a stray character as the
/// very last byte (libxlu's lexer forgets it).
/// </summary>
internal ref struct XlLexer(ReadOnlySpan<byte> input, string fileName)
{
    private readonly ReadOnlySpan<byte> input = input;
    private readonly string fileName = fileName;
    private int at;

    /// <summary>1-based line of the token read last.</summary>
    public int Line { get; private set; } = 1;

    private int nextLine = 1;

    /// <summary>Of an identifier, number or string: its text, each byte one character (Latin-1).</summary>
    public string Text { get; private set; } = "";

    public XlTokenKind Next()
    {
        while (at < input.Length && input[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        Line = nextLine;
        if (at >= input.Length)
        {
            return XlTokenKind.End;
        }

        switch ((char)input[at])
        {
            case '\n': return NewLine();
            case '#': return Comment();
            case ',': return Single(XlTokenKind.Comma);
            case '[': return Single(XlTokenKind.Open);
            case ']': return Single(XlTokenKind.Close);
            case '=': return Single(XlTokenKind.Assign);
            case ';': return Single(XlTokenKind.Semicolon);
            case '+' when at + 1 < input.Length && input[at + 1] == '=':
                at++;
                return Single(XlTokenKind.Add);
            case '\'' or '"': return Quoted();
            case >= 'a' and <= 'z': return Word(XlTokenKind.Identifier, "._0123456789abcdefghijklmnopqrstuvwxyz"u8);
            case >= '0' and <= '9': return Word(XlTokenKind.Number, "0123456789abcdefx"u8);
            default: throw Error("this is not the start of a name, a number, a string or a list");
        }
    }

    internal readonly XlConfigException Error(string reason) => new(fileName, Line, reason);

    private XlTokenKind Single(XlTokenKind kind)
    {
        at++;
        return kind;
    }

    private XlTokenKind NewLine()
    {
        at++;
        nextLine++;
        return XlTokenKind.NewLine;
    }

    private XlTokenKind Comment()
    {
        var end = input[at..].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw Error("a comment must end with a newline"); // libxlu's rule is "#.*\n"
        }

        if (input.Slice(at, end).IndexOfAny((byte)0, (byte)'\r') >= 0)
        {
            throw Error("a NUL or a carriage return");
        }

        at += end;
        return NewLine();
    }

    private XlTokenKind Word(XlTokenKind kind, ReadOnlySpan<byte> allowed)
    {
        var length = input[at..].IndexOfAnyExcept(allowed);
        length = length < 0 ? input.Length - at : length;
        Text = Encoding.Latin1.GetString(input.Slice(at, length));
        at += length;
        return kind;
    }

    private XlTokenKind Quoted()
    {
        var quote = input[at++];
        var text = new StringBuilder();
        while (true)
        {
            var c = at < input.Length ? input[at++] : (byte)'\n';
            if (c == quote)
            {
                Text = text.ToString();
                return XlTokenKind.String;
            }

            switch (c)
            {
                case (byte)'\n': throw Error("a string must end on its line");
                case 0 or (byte)'\r': throw Error("a NUL or a carriage return in a string");
                case (byte)'\\':
                    text.Append(Escape());
                    break;
                default:
                    text.Append((char)c);
                    break;
            }
        }
    }

    private char Escape() => (at < input.Length ? (char)input[at++] : '\n') switch
    {
        '"' => '"',
        '\'' => '\'',
        '\\' => '\\',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => throw Error("an escape that is not known in a string"),
    };
}
