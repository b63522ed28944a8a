using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>A command line, parsed: nothing in it is free text that its row does not declare.</summary>
public sealed record Invocation(Command Command)
{
    private static readonly Dictionary<string, object?> NoOptions = [];
    private static readonly Dictionary<Argument, object> NoValues = [];

    /// <summary>Null when it was not named (or the command takes none).</summary>
    public GuestName? Guest { get; init; }

    /// <summary>Option names with their values; null for flags.</summary>
    public IReadOnlyDictionary<string, object?> Options { get; init; } = NoOptions;

    /// <summary>What was given for the row's arguments.</summary>
    public IReadOnlyDictionary<Argument, object> Values { get; init; } = NoValues;

    /// <summary>The names of all commands that this does, by itself, by an option or by what is given for an argument.</summary>
    public IEnumerable<string> Effects =>
    [
        Command.Name,
        .. Command.Includes,
        .. Command.Options.Where(option => Has(option.Name)).SelectMany(option => option.Includes),
        .. Values.SelectMany(value => value.Key.IncludesOf(value.Value)),
    ];

    /// <summary>What is on the guest's disks would be lost.</summary>
    public bool Destroys => Command.Destroys && !Command.Options.Any(option => option.IsHarmless && Has(option.Name));

    /// <summary>Nothing of the guest's changes.</summary>
    public bool OnlyLooks => Command.OnlyLooks && !Command.Options.Any(option => option.Acts && Has(option.Name));

    /// <summary>The last of its options that makes a difference decides.</summary>
    public Answer Answer => Command.Options.LastOrDefault(option => option.Answer is not null && Has(option.Name))?.Answer ?? Command.Answer;

    public bool Has(string option) => Options.ContainsKey(option);

    public bool Has(Argument argument) => Values.ContainsKey(argument);

    /// <summary>What was given for an option that takes a text.</summary>
    public string? Text(string option) => (string?)Options.GetValueOrDefault(option);

    public int? Number(string option) => (int?)Options.GetValueOrDefault(option);

    /// <summary>What was given for an argument that is there.</summary>
    public T Get<T>(Argument<T> argument)
        where T : notnull => (T)Values[argument];

    /// <summary>The same command with an option more.</summary>
    public Invocation With(string option, object? value = null) =>
        this with { Options = new Dictionary<string, object?>(Options, StringComparer.Ordinal) { [option] = value } };

    public Invocation With<T>(Argument<T> argument, T value)
        where T : notnull => this with { Values = new Dictionary<Argument, object>(Values) { [argument] = value } };

    /// <summary>The gate's argv without argv[0].</summary>
    public IReadOnlyList<string> GateArguments() =>
        Words(Command.Verb ?? throw new InvalidOperationException($"{Command.Name} has no verb"), option => option.ForGate);

    /// <summary>The line that a person would type for it.</summary>
    public string Line => string.Join(' ', Words(Command.Name, _ => true).Select((word, at) => at > 0 && word.Contains(' ') && !Command.Arguments.Any(argument => argument.TakesRest) ? $"\"{word}\"" : word));

    private List<string> Words(string name, Func<Option, bool> takes)
    {
        List<string> words = [name];
        if (Guest is not null)
        {
            words.Add(Guest.Text);
        }

        var options = Command.Options.Where(option => takes(option) && Has(option.Name))
            .Select(option => option.Value is { } type ? $"--{option.Name}={type.TextOf(Options[option.Name]!)}" : $"--{option.Name}");
        var values = Command.Arguments.Where(Has).ToList();
        words.AddRange(values.Where(argument => !argument.TakesRest).Select(argument => argument.TextOf(Values[argument])));
        words.AddRange(options); // before what takes all the rest
        words.AddRange(values.Where(argument => argument.TakesRest).Select(argument => argument.TextOf(Values[argument])));
        return words;
    }
}
