namespace XenShell.Sim.Commands;

/// <summary>getopt_long as xl calls it: options and operands in any order, "--" ends the options.</summary>
internal sealed class Options
{
    private readonly List<(char Letter, string Value)> given = [];

    public List<string> Operands { get; } = [];

    public bool Has(char letter) => given.Exists(option => option.Letter == letter);

    public string? Value(char letter) => given.FindLast(option => option.Letter == letter).Value;

    /// <param name="command">For the messages.</param>
    /// <param name="letters">As getopt's: a ':' behind a letter that takes a value.</param>
    /// <param name="words">Long names.</param>
    /// <param name="required">Operands that there must be.</param>
    /// <exception cref="XlException">xl's complaints, exit code 2; or -h, exit code 0.</exception>
    public static Options Parse(
        string command, IReadOnlyList<string> arguments, string letters, IReadOnlyDictionary<string, char>? words = null, int required = 0)
    {
        var options = new Options();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (argument == "--")
            {
                options.Operands.AddRange(rest);
                break;
            }

            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                var parts = argument[2..].Split('=', 2);
                var letter = parts[0] == "help" ? 'h' : words is not null && words.TryGetValue(parts[0], out var known) ? known : '\0';
                options.Add(command, letters, letter, parts.ElementAtOrDefault(1), rest);
            }
            else if (argument.Length > 1 && argument[0] == '-')
            {
                options.AddCluster(command, letters, argument, rest);
            }
            else
            {
                options.Operands.Add(argument);
            }
        }

        return options.Operands.Count >= required ? options : throw new XlException(
            2, $"'xl {command}' requires at least {required} argument{(required > 1 ? "s" : "")}.\n\n", Usage.Of(command) ?? "");
    }

    private void AddCluster(string command, string letters, string argument, Queue<string> rest)
    {
        for (var i = 1; i < argument.Length; i++)
        {
            var takesValue = letters.Contains($"{argument[i]}:", StringComparison.Ordinal);
            Add(command, letters, argument[i], takesValue && i + 1 < argument.Length ? argument[(i + 1)..] : null, rest);
            if (takesValue)
            {
                return;
            }
        }
    }

    private void Add(string command, string letters, char letter, string? value, Queue<string> rest)
    {
        if (letter == 'h')
        {
            throw new XlException(0, "", Usage.Of(command) ?? "");
        }

        var takesValue = letters.Contains($"{letter}:", StringComparison.Ordinal);
        if (letter is ':' or '\0' || !letters.Contains(letter, StringComparison.Ordinal)
            || (takesValue && value is null && !rest.TryDequeue(out value)))
        {
            throw new XlException(2, $"option `{letter}' not supported.\n");
        }

        given.Add((letter, value ?? ""));
    }
}
