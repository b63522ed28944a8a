namespace XenShell.Core.Commands;

/// <summary>Every command, declared once.</summary>
public sealed class CommandTable
{
    private readonly IReadOnlyList<Command> roots;

    /// <param name="rows">In the order of help, each with its subcommands.</param>
    public CommandTable(IReadOnlyList<Command> rows)
    {
        roots = [.. rows.Select(row => InPlace(row, null))];
        All = [.. roots.SelectMany(WithChildren)];
    }

    /// <summary>What the product can do.</summary>
    public static CommandTable Product { get; } = new(KnownCommands.All);

    /// <summary>In the order of help; a subcommand after its parent.</summary>
    public IReadOnlyList<Command> All { get; }

    /// <summary>What people may type.</summary>
    public IEnumerable<Command> ForPeople => All.Where(command => command.IsForPeople);

    /// <summary>The command that a line begins with, and how many of its words name it; the letters' case does not matter to people.</summary>
    public (Command Command, int Words)? Match(IReadOnlyList<string> words)
    {
        (Command Command, int Words)? found = null;
        var level = roots;
        for (var i = 0; i < words.Count && level.FirstOrDefault(row => row.IsForPeople && row.Answers(words[i].ToLowerInvariant())) is { } command; i++)
        {
            found = (command, i + 1);
            level = command.Children;
        }

        return found;
    }

    /// <summary>By its whole name, with aliases.</summary>
    public Command? Find(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && Match(words) is { } found && found.Words == words.Length ? found.Command : null;

    /// <summary>The command that the gate knows by this exact word.</summary>
    public Command? FindVerb(string verb) => All.FirstOrDefault(command => command.Verb == verb);

    // A subcommand needs its parent's right whatever it says itself, and is closed with it.
    private static Command InPlace(Command row, Command? parent)
    {
        var own = parent is null ? row : row with
        {
            Name = $"{parent.Name} {row.Name}",
            Right = parent.Right | row.Right,
            IsForPeople = parent.IsForPeople && row.IsForPeople,
            Includes = [parent.Name, .. parent.Includes, .. row.Includes],
        };
        return own.Children.Count == 0 ? own : own with { Children = [.. own.Children.Select(child => InPlace(child, own))] };
    }

    private static IEnumerable<Command> WithChildren(Command row) => [row, .. row.Children.SelectMany(WithChildren)];
}
