namespace XenShell.Core.GuestFiles;

/// <summary>
/// The grammar of tools/libs/util/libxlu_cfg_y.y (Xen 4.17): "name = value" and "name += value", ended
/// by a newline, ';' or the end of the file; values are strings, numbers and lists. The first error
/// ends it: libxlu reads on to report more, and then refuses the file as well.
/// </summary>
internal ref struct XlParser(ReadOnlySpan<byte> input, string fileName)
{
    // Lists nest once in real files (disk, vif as lists of strings); the parser calls itself for each level.
    private const int MaxDepth = 16;

    private XlLexer lexer = new(input, fileName);
    private readonly Dictionary<string, XlSetting> settings = new(StringComparer.Ordinal);
    private XlTokenKind token;

    public Dictionary<string, XlSetting> Parse()
    {
        Advance();
        while (token != XlTokenKind.End)
        {
            if (token == XlTokenKind.Identifier)
            {
                ParseAssignment();
            }

            if (token is XlTokenKind.NewLine or XlTokenKind.Semicolon)
            {
                Advance();
            }
            else if (token != XlTokenKind.End)
            {
                throw lexer.Error("a new line or ';' should stand here");
            }
        }

        return settings;
    }

    private void Advance() => token = lexer.Next();

    private void ParseAssignment()
    {
        var name = lexer.Text;
        Advance();
        var adds = token switch
        {
            XlTokenKind.Assign => false,
            XlTokenKind.Add => true,
            _ => throw lexer.Error("'=' or '+=' should stand behind a name"),
        };
        Advance();
        var value = ParseValue(0);
        if (adds && settings.TryGetValue(name, out var before))
        {
            value = before.Value.TryAppend(value)
                ? before.Value
                : throw lexer.Error("a list cannot be added to a string, nor a string to a list");
        }

        settings[name] = new XlSetting(value, adds);
    }

    private XlValue ParseValue(int depth)
    {
        var line = lexer.Line;
        switch (token)
        {
            case XlTokenKind.String or XlTokenKind.Number:
                var text = lexer.Text;
                Advance();
                return new XlValue(text, line);
            case XlTokenKind.Open when depth < MaxDepth:
                Advance();
                return new XlValue(ParseItems(depth), line);
            case XlTokenKind.Open:
                throw lexer.Error("lists are nested too deep");
            default:
                throw lexer.Error("a value should stand here: a quoted string, a number or a list");
        }
    }

    private List<XlValue> ParseItems(int depth)
    {
        var items = new List<XlValue>();
        SkipNewLines();
        while (token != XlTokenKind.Close)
        {
            items.Add(ParseValue(depth + 1));
            SkipNewLines();
            if (token == XlTokenKind.Comma)
            {
                Advance();
                SkipNewLines();
            }
            else if (token != XlTokenKind.Close)
            {
                throw lexer.Error("',' or ']' should stand here");
            }
        }

        Advance();
        return items;
    }

    private void SkipNewLines()
    {
        while (token == XlTokenKind.NewLine)
        {
            Advance();
        }
    }
}
