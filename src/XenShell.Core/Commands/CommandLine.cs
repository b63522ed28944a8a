using System.Text;

namespace XenShell.Core.Commands;

/// <summary>Turns words into an <see cref="Invocation"/>. Nothing unknown is passed on.</summary>
public static class CommandLine
{
    private const int UsualLength = 1024; // no command needs a tenth of it, but for what one argument alone may have
    private const int MaxWords = 16; // of the gate's argv

    /// <summary>Characters of a line.</summary>
    public static int MaxLength { get; } = LengthFor(CommandTable.Product);

    /// <summary>Characters of one word of the gate's argv.</summary>
    public static int MaxWord { get; } = LongestWord(CommandTable.Product);

    /// <summary>A line as a person typed it: words between blanks, printable ASCII only; quoted where an option takes prose, and nowhere else.</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static IReadOnlyList<string> Split(string line) => Split(line, CommandTable.Product);

    public static IReadOnlyList<string> Split(string line, CommandTable table)
    {
        var most = LengthFor(table);
        if (line.Length > most)
        {
            throw new UsageException($"the line is longer than {most} characters");
        }

        if (line.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            throw new UsageException("only printable ASCII characters are understood; type 'help'");
        }

        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = table.Match(words)?.Command;
        if (known?.Options.Any(option => option.Value?.IsProse == true) == true)
        {
            return SplitQuoted(line);
        }

        var takesProse = known?.Arguments.Any(argument => argument.IsProse) == true;

        // Of all other words of ours none has any of these: whoever types them takes this for a shell.
        return takesProse || line.IndexOfAny([';', '|', '&', '<', '>', '$', '`']) is not (>= 0 and var at)
            ? words
            : throw new UsageException($"this is no shell: there is no '{line[at]}' here, one command a line; type 'help'");
    }

    // Where an option takes prose, blanks between two marks are no ends of words.
    private static List<string> SplitQuoted(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, isWord) = (false, false);
        foreach (var c in line)
        {
            if (c == ' ' && !isQuoted)
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else
            {
                word.Append(c);
            }
        }

        if (isQuoted)
        {
            throw new UsageException("a quotation mark is missing at the end");
        }

        return isWord ? [.. words, word.ToString()] : words;
    }

    /// <summary>The words of a person: command names in any case, "--lines 5" as well as "--lines=5".</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static Invocation Parse(IReadOnlyList<string> words) => Parse(words, CommandTable.Product);

    /// <param name="input">Reads what stands on standard input, so many characters at most; null where there is none to read.</param>
    public static Invocation Parse(IReadOnlyList<string> words, CommandTable table, Func<int, string>? input = null)
    {
        var (command, count) = table.Match(words) ?? throw new UsageException($"unknown command '{words[0]}'; type 'help'");
        return new CommandParser(command, table, input, isGate: false).Parse([.. words.Skip(count)]);
    }

    /// <summary>The gate's argv: exact verbs, only the gate's own options.</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static Invocation ParseForGate(IReadOnlyList<string> words) => ParseForGate(words, CommandTable.Product);

    public static Invocation ParseForGate(IReadOnlyList<string> words, CommandTable table)
    {
        var command = (words.Count is > 0 and <= MaxWords ? table.FindVerb(words[0]) : null)
            ?? throw new UsageException("unknown verb");
        return new CommandParser(command, table, input: null, isGate: true).Parse([.. words.Skip(1)]);
    }

    private static int LengthFor(CommandTable table) => UsualLength + LongestWord(table) - Argument.UsualLength;

    private static int LongestWord(CommandTable table) => table.All
        .SelectMany(command => command.Positional.Concat(command.Options.Select(option => option.Value).OfType<Argument>()))
        .Max(argument => Math.Max(Argument.UsualLength, argument.MaxLength));
}
