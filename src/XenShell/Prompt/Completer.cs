using XenShell.Core.Commands;

namespace XenShell.Prompt;

/// <summary>What Tab may put: commands, options and topics from the table, and the user's own guests.</summary>
internal static class Completer
{
    /// <returns>Whole words that begin with the word before the cursor.</returns>
    internal static IReadOnlyList<string> Candidates(string beforeCursor, Func<IReadOnlyList<string>> guests)
    {
        var words = beforeCursor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var current = beforeCursor.Length == 0 || beforeCursor[^1] == ' ' ? "" : words[^1];
        var position = words.Length - (current.Length > 0 ? 1 : 0);
        IEnumerable<string> all = position == 0
            ? [.. CommandTable.ForPeople.Select(command => command.Name), .. guests()]
            : Arguments(CommandTable.Find(words[0]), current, guests);
        return [.. all.Where(word => word.StartsWith(current, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    internal static string CommonPrefix(IReadOnlyList<string> words)
    {
        var prefix = words[0];
        foreach (var word in words)
        {
            while (!word.StartsWith(prefix, StringComparison.Ordinal))
            {
                prefix = prefix[..^1];
            }
        }

        return prefix;
    }

    private static IEnumerable<string> Arguments(Command? command, string current, Func<IReadOnlyList<string>> guests) => command switch
    {
        null => [],
        _ when current.StartsWith('-') => command.Options.Select(option => option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name}="),
        { TakesTopic: true } => CommandTable.ForPeople.Select(topic => topic.Name),
        { Guest: GuestArgument.None } => [],
        _ => guests(),
    };
}
