using XenShell.Core.Commands;

namespace XenShell.Tenant.Editing;

/// <summary>What Tab may put: commands, options and what an argument may be, from the table, and the user's own guests.</summary>
public static class Completer
{
    /// <returns>Whole words that begin with the word before the cursor.</returns>
    public static IReadOnlyList<string> Candidates(string beforeCursor, KnownWords known)
    {
        var words = beforeCursor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var current = beforeCursor.Length == 0 || beforeCursor[^1] == ' ' ? "" : words[^1];
        var before = words[..(words.Length - (current.Length > 0 ? 1 : 0))];
        var all = before.Length == 0 ? [.. known.Commands.ForPeople.Select(FirstWord), .. known.Guests()]
            : known.Commands.Match(before) is { } found ? Following(found.Command, before[found.Words..], current, known)
            : [];
        return [.. all.Where(word => word.StartsWith(current, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    public static string CommonPrefix(IReadOnlyList<string> words)
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

    private static string FirstWord(Command command) => command.Name.Split(' ')[0];

    private static IEnumerable<string> Following(Command command, string[] given, string current, KnownWords known)
    {
        if (current.StartsWith('-'))
        {
            return command.Options.SelectMany(option => option.Value is null ? [$"--{option.Name}"] : Values(option, known));
        }

        string[] before = [.. given.Where(word => !word.StartsWith('-'))];
        return [.. given.Length == 0 ? command.Children.Select(child => child.LastWord) : [], .. Arguments(command, before, known)];
    }

    private static IEnumerable<string> Values(Option option, KnownWords known) =>
        [$"--{option.Name}=", .. option.Value!.Candidates(known).Select(value => $"--{option.Name}={value}")];

    // One that need not be there may have been left out, and the next stands in its place.
    private static IEnumerable<string> Arguments(Command command, string[] before, KnownWords known)
    {
        var least = 0;
        foreach (var (most, argument) in command.Positional.Index())
        {
            if (argument.TakesRest && most <= before.Length)
            {
                foreach (var word in NextWords(argument.Candidates(known), before[most..]))
                {
                    yield return word;
                }
            }
            else if (least <= before.Length && before.Length <= most)
            {
                foreach (var word in argument.Candidates(known))
                {
                    yield return word;
                }
            }

            least += argument.IsOptional ? 0 : 1;
        }
    }

    // Of those with several words, the one that follows what stands there.
    private static IEnumerable<string> NextWords(IEnumerable<string> candidates, string[] begun) =>
        candidates.Select(candidate => candidate.Split(' '))
            .Where(words => words.Length > begun.Length && words.Take(begun.Length).SequenceEqual(begun))
            .Select(words => words[begun.Length]);
}
