using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>Reads what follows a command's name by what its row declares.</summary>
/// <param name="input">See <see cref="CommandLine.Parse(IReadOnlyList{string}, CommandTable, Func{int, string}?)"/>.</param>
/// <param name="isGate">The words are the gate's argv, and no person's.</param>
internal sealed class CommandParser(Command command, CommandTable table, Func<int, string>? input, bool isGate)
{
    private const string Input = "-";

    private IReadOnlyList<Argument> expected = [.. command.Positional];
    private readonly List<string> positional = [];
    private readonly Dictionary<string, object?> options = new(StringComparer.Ordinal);

    private string Usage => $"; usage: {command.Usage}";

    internal Invocation Parse(IReadOnlyList<string> words)
    {
        var text = expected is [.., { TakesRest: true }] ? expected.Count - 1 : int.MaxValue; // the place at which it begins
        for (var i = 0; i < words.Count; i++)
        {
            if (IsPositional(words[i]) || positional.Count > text)
            {
                positional.Add(words[i]);
            }
            else
            {
                i += ReadOption(words[i], i + 1 < words.Count ? words[i + 1] : null);
            }
        }

        expected = [.. expected.Where(argument => !command.Options.Any(option => option.InPlaceOf == argument && options.ContainsKey(option.Name)))];
        return WithValues(new Invocation(command) { Options = options });
    }

    private bool IsPositional(string word) => !word.StartsWith('-') || (word == Input && expected.Any(argument => argument.MayBeInput));

    /// <returns>How many words more it took.</returns>
    private int ReadOption(string word, string? next)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        var option = command.Options.FirstOrDefault(known => name == $"--{known.Name}" && (known.ForGate || !isGate))
            ?? throw new UsageException($"{command.Name} does not know '{name}'{Usage}");
        var value = equals < 0 ? null : word[(equals + 1)..];
        var takesNext = option.Value is not null && value is null && next is not null && !isGate;
        if (!options.TryAdd(option.Name, Read(option, takesNext ? next : value)))
        {
            throw new UsageException($"--{option.Name} is given twice");
        }

        return takesNext ? 1 : 0;
    }

    private object? Read(Option option, string? value)
    {
        if (option.Value is not { } type)
        {
            return value is null ? null : throw new UsageException($"--{option.Name} takes no value");
        }

        return value is null
            ? throw new UsageException(type.Expectation($"--{option.Name}", ""))
            : type.Read(OrInput(type, value), table, $"--{option.Name}", "");
    }

    // What must be there is; of the rest, what comes first gets the words that are left.
    private Invocation WithValues(Invocation invocation)
    {
        var left = positional.Count;
        var required = expected.Count(argument => !argument.IsOptional);
        foreach (var argument in expected)
        {
            var isGiven = argument.IsOptional ? left > required : left > 0;
            required -= argument.IsOptional ? 0 : 1;
            if (!isGiven && !argument.IsOptional)
            {
                throw new UsageException(argument.Expectation(command.Name, Usage));
            }

            if (isGiven)
            {
                var count = argument.TakesRest ? left : 1;
                invocation = With(invocation, argument, string.Join(' ', positional.Skip(positional.Count - left).Take(count)));
                left -= count;
            }
        }

        return left == 0 ? invocation : throw new UsageException($"too many words{Usage}");
    }

    private string OrInput(Argument argument, string word) => argument.MayBeInput && word == Input
        ? input?.Invoke(argument.MaxLength) ?? throw new UsageException($"there is no standard input here to read {argument.Word} from")
        : word;

    private Invocation With(Invocation invocation, Argument argument, string word)
    {
        var value = argument.Read(OrInput(argument, word), table, command.Name, Usage);
        return argument == Arguments.Guest
            ? invocation with { Guest = (GuestName)value }
            : invocation with { Values = new Dictionary<Argument, object>(invocation.Values) { [argument] = value } };
    }
}
