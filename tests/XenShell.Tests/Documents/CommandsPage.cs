using System.Text.RegularExpressions;
using XenShell.Core.Commands;

namespace XenShell.Tests.Documents;

/// <summary>The section COMMANDS of xen-shell(1), held to the command table.</summary>
internal static partial class CommandsPage
{
    private const string Begin = ".Sh COMMANDS\n";

    /// <summary>What the page says of the commands and is not so, or does not say and is.</summary>
    internal static IEnumerable<string> Faults(string page, CommandTable table)
    {
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var section = page[from..(page.IndexOf("\n.Sh ", from, StringComparison.Ordinal) is > 0 and var next ? next + 1 : page.Length)].Replace("Fl -", "-", StringComparison.Ordinal); // "Fl -json" is "--json"
        var entries = Entries().Matches(section).ToDictionary(match => match.Groups[1].Value, match => match, StringComparer.Ordinal);
        var commands = table.ForPeople.ToList();
        if (!entries.Keys.SequenceEqual(commands.Select(command => command.Name)))
        {
            yield return $"it names {string.Join(", ", entries.Keys)}";
        }

        foreach (var command in commands.Where(command => entries.ContainsKey(command.Name)))
        {
            var head = entries[command.Name].Groups[2].Value;
            var words = Words().Matches(Options().Replace(head, "")).Select(match => match.Value);
            if (!words.SequenceEqual(command.Positional.Select(argument => argument.Word)))
            {
                yield return $"{command.Name} takes {string.Join(' ', command.Positional.Select(argument => argument.Word))}";
            }

            foreach (var option in command.Options.Where(option => !head.Contains($" -{option.Name}", StringComparison.Ordinal)
                || (option.Value is { } value && !head.Contains($" -{option.Name} Ns = Ns Ar {value.Word}", StringComparison.Ordinal))))
            {
                yield return $"{command.Name} takes {option.Usage}";
            }

            if (OptionNames().Count(head) != command.Options.Count)
            {
                yield return $"{command.Name} has no such option: {head}";
            }

            foreach (var alias in command.Aliases.Where(alias => !Regex.IsMatch(entries[command.Name].Value, $@"\.Cm {alias}\b")))
            {
                yield return $"{command.Name} is {alias} as well";
            }
        }
    }

    // one entry: its name, in lower case as no macro is, the rest of its head, and its text
    [GeneratedRegex(@"^\.It Cm ([a-z-]+(?: [a-z][a-z-]+)*)([^\n]*)\n(?:(?!\.It ).*(?:\n|\z))*", RegexOptions.Multiline)]
    private static partial Regex Entries();

    [GeneratedRegex(@" -[a-z-]+( Ns = Ns Ar [A-Z]+)?")]
    private static partial Regex Options();

    [GeneratedRegex(@" -[a-z]")]
    private static partial Regex OptionNames();

    [GeneratedRegex(@"(?<=Ar )[A-Z]+")]
    private static partial Regex Words();
}
