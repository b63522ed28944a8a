using System.Globalization;
using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>Turns words into an <see cref="Invocation"/>. Nothing unknown is passed on.</summary>
public static class CommandLine
{
    public const int MaxLength = 1024; // no command needs a tenth of it
    public const int MaxWords = 16;

    /// <summary>A line as a person typed it: words between blanks, printable ASCII only, no quoting.</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        if (line.Length > MaxLength)
        {
            throw new UsageException($"the line is longer than {MaxLength} characters");
        }

        if (line.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            throw new UsageException("only printable ASCII characters are understood; type 'help'");
        }

        // No word of ours has any of these: whoever types them takes this for a shell.
        if (line.IndexOfAny([';', '|', '&', '<', '>', '$', '`']) is >= 0 and var at)
        {
            throw new UsageException($"this is no shell: there is no '{line[at]}' here, one command a line; type 'help'");
        }

        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= MaxWords ? words : throw new UsageException("too many words; type 'help'");
    }

    /// <summary>The words of a person: command names in any case, "--lines 5" as well as "--lines=5".</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static Invocation Parse(IReadOnlyList<string> words)
    {
        var command = CommandTable.Find(words[0])
            ?? throw new UsageException($"unknown command '{words[0]}'; type 'help'");
        return Parse(command, words, forGate: false);
    }

    /// <summary>The gate's argv: exact verbs, only the gate's own options.</summary>
    /// <exception cref="UsageException">One clear line.</exception>
    public static Invocation ParseForGate(IReadOnlyList<string> words)
    {
        var command = (words.Count is > 0 and <= MaxWords ? CommandTable.FindVerb(words[0]) : null)
            ?? throw new UsageException("unknown verb");
        return Parse(command, words, forGate: true);
    }

    private static Invocation Parse(Command command, IReadOnlyList<string> words, bool forGate)
    {
        var positional = new List<string>();
        var options = new Dictionary<string, int?>(StringComparer.Ordinal);
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith('-'))
            {
                positional.Add(word);
                continue;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var option = FindOption(command, equals < 0 ? word : word[..equals], forGate);
            var value = equals < 0 ? null : word[(equals + 1)..];
            if (option.Kind == OptionKind.Number && value is null && !forGate && i + 1 < words.Count)
            {
                value = words[++i];
            }

            if (!options.TryAdd(option.Name, ParseValue(option, value)))
            {
                throw new UsageException($"--{option.Name} is given twice");
            }
        }

        return WithPositional(new Invocation(command) { Options = options }, positional);
    }

    private static Option FindOption(Command command, string word, bool forGate) =>
        command.Options.FirstOrDefault(option => word == $"--{option.Name}" && (option.ForGate || !forGate))
        ?? throw new UsageException($"{command.Name} does not know '{word}'; usage: {command.Usage}");

    private static int? ParseValue(Option option, string? value)
    {
        if (option.Kind == OptionKind.Flag)
        {
            return value is null ? null : throw new UsageException($"--{option.Name} takes no value");
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= option.Least && number <= option.Most
                ? number
                : throw new UsageException($"--{option.Name} takes a number from {option.Least} to {option.Most}");
    }

    private static Invocation WithPositional(Invocation invocation, List<string> words)
    {
        var command = invocation.Command;
        if (command.TakesKey)
        {
            invocation = invocation with { Key = ParseKey(command, words.Count > 0 ? words[^1] : "") };
            words.RemoveAt(words.Count - 1);
        }

        if (command.TakesTopic && words.Count == 1)
        {
            return invocation with
            {
                Topic = CommandTable.Find(words[0]) ?? throw new UsageException($"there is no command '{words[0]}'; type 'help'"),
            };
        }

        if (words.Count > (command.Guest == GuestArgument.None ? 0 : 1))
        {
            throw new UsageException($"too many words; usage: {command.Usage}");
        }

        if (words.Count == 0)
        {
            return invocation;
        }

        return GuestName.TryParse(words[0], out var guest)
            ? invocation with { Guest = guest }
            : throw new UsageException($"'{words[0]}' is not the name of a guest; 'list' shows yours");
    }

    private static char ParseKey(Command command, string word) =>
        word.Length == 1 && char.IsAsciiLetterOrDigit(word[0])
            ? char.ToLowerInvariant(word[0])
            : throw new UsageException($"{command.Name} takes one letter or digit; usage: {command.Usage}");
}
