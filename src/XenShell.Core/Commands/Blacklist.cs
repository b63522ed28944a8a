using XenShell.Core.Grants;

namespace XenShell.Core.Commands;

/// <summary>
/// Commands taken away by blacklist or xen_shell_blacklist. A subcommand is named with a hyphen, "keys-add". An alias takes the whole command away, and so
/// does it every other way to have the same done: what counts is what is done, and not its name.
/// </summary>
public sealed record Blacklist
{
    // Commands of the ancestor and of coming versions: naming one must not make a configuration invalid.
    private static readonly string[] KnownElsewhere = ["bandwidth", "passwd", "rdns", "rescue", "top", "usage"];

    private readonly HashSet<string> names;

    private Blacklist(HashSet<string> names) => this.names = names;

    public static Blacklist Empty { get; } = new([]);

    /// <exception cref="FormatException">A word is no command: a slip would leave open what was meant to be closed.</exception>
    public static Blacklist Parse(string value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in GrantList.Words(value).Select(word => word.ToLowerInvariant()))
        {
            if ((CommandTable.Product.Find(word) ?? CommandTable.Product.ForPeople.FirstOrDefault(row => row.Hyphenated == word)) is { } command)
            {
                names.Add(command.Name);
            }
            else if (!KnownElsewhere.Contains(word))
            {
                throw new FormatException("the blacklist names something that is no command");
            }
        }

        return names.Count == 0 ? Empty : new Blacklist(names);
    }

    public IReadOnlyCollection<string> Words => [.. names];

    public bool Names(Command command) => Names(new Invocation(command));

    public bool Names(Invocation invocation) => invocation.Effects.Any(names.Contains);
}
