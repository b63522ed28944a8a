using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>A command line, parsed: nothing in it is free text.</summary>
public sealed record Invocation(Command Command)
{
    /// <summary>Null when it was not named (or the command takes none).</summary>
    public GuestName? Guest { get; init; }

    /// <summary>Letter or digit of a magic system request.</summary>
    public char? Key { get; init; }

    /// <summary>The command that help is asked about.</summary>
    public Command? Topic { get; init; }

    /// <summary>Option names with their numbers; null for flags.</summary>
    public IReadOnlyDictionary<string, int?> Options { get; init; } = new Dictionary<string, int?>();

    /// <summary>The names of all commands that this does, by itself, by an option or by its key.</summary>
    public IEnumerable<string> Effects =>
    [
        Command.Name,
        .. Command.Includes,
        .. Command.Options.Where(option => Has(option.Name)).SelectMany(option => option.Includes),
        .. Key is { } key ? Command.KeyIncludes.GetValueOrDefault(key, []) : [],
    ];

    /// <summary>The last of its options that makes a difference decides.</summary>
    public Answer Answer => Command.Options.LastOrDefault(option => option.Answer is not null && Has(option.Name))?.Answer ?? Command.Answer;

    public bool Has(string option) => Options.ContainsKey(option);

    public int? Number(string option) => Options.GetValueOrDefault(option);

    /// <summary>The gate's argv without argv[0].</summary>
    public IReadOnlyList<string> GateArguments() =>
        Words(Command.Verb ?? throw new InvalidOperationException($"{Command.Name} has no verb"), option => option.ForGate);

    /// <summary>The line that a person would type for it.</summary>
    public string Line => string.Join(' ', [.. Words(Command.Name, _ => true), .. Topic is { } topic ? [topic.Name] : Array.Empty<string>()]);

    private List<string> Words(string name, Func<Option, bool> takes)
    {
        List<string> words = [name];
        if (Guest is not null)
        {
            words.Add(Guest.Text);
        }

        if (Key is { } key)
        {
            words.Add(key.ToString());
        }

        foreach (var option in Command.Options)
        {
            if (takes(option) && Has(option.Name))
            {
                words.Add(Number(option.Name) is { } number ? $"--{option.Name}={number}" : $"--{option.Name}");
            }
        }

        return words;
    }
}
