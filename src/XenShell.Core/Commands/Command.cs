using XenShell.Core.Domains;
using XenShell.Core.Grants;

namespace XenShell.Core.Commands;

/// <summary>
/// One row of the command table. Prompt, one-shot, help, completion, screen, the gate's parser and the test
/// that holds xen-shell(1) to the table all read it.
/// </summary>
/// <param name="Name">A word; of a subcommand in a table the whole path, "keys add".</param>
public sealed record Command(string Name, string Summary, string Help)
{
    /// <summary>Other words for the last one of the name.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Subcommands: what the parent may, and what is closed with it, holds for them as well.</summary>
    public IReadOnlyList<Command> Children { get; init; } = [];

    public GuestArgument Guest { get; init; } = GuestArgument.None;

    /// <summary>What it takes besides a guest.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>What the caller needs on the guest; of a subcommand besides its parent's.</summary>
    public Rights Right { get; init; } = Rights.None;

    /// <summary>States in which it makes sense; null is any. Checked by the gate under the guest's lock.</summary>
    public IReadOnlyList<DomainState>? States { get; init; }

    /// <summary>Names of other commands that this one does as well: it is closed where one of them is.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>It changes nothing and opens nothing. All else runs out of the caller's reach, has its place on record, and is asked about.</summary>
    public bool OnlyLooks { get; init; }

    /// <summary>What is on the guest's disks is lost: nothing happens without the guest's name in <see cref="Confirmation.Option"/>.</summary>
    public bool Destroys { get; init; }

    /// <summary>How the plain form answers; see <see cref="Invocation.Answer"/>.</summary>
    public Answer Answer { get; init; } = Answer.Words;

    /// <summary>It is about a session, and makes no sense as the only command of one.</summary>
    public bool IsForSessions { get; init; }

    /// <summary>The key of the full screen; null for what has none. A capital cuts the power.</summary>
    public char? ScreenKey { get; init; }

    /// <summary>The full screen asks before it does this: one key is quickly pressed.</summary>
    public bool IsAskedAbout { get => field && !OnlyLooks; init; } = true;

    /// <summary>Typed by people; the gate has it for its own ends where false.</summary>
    public bool IsForPeople { get; init; } = true;

    /// <summary>"keys-add".</summary>
    public string Hyphenated => Name.Replace(' ', '-');

    /// <summary>The word that the gate knows it by; null for what the shell does alone.</summary>
    public string? Verb => Answer == Answer.Own ? null : Hyphenated;

    /// <summary>The last word of the name.</summary>
    public string LastWord => Name[(Name.LastIndexOf(' ') + 1)..];

    public bool Answers(string word) => LastWord == word || Aliases.Contains(word);

    /// <summary>All that it takes, in order; a guest comes first.</summary>
    public IEnumerable<Argument> Positional => Guest == GuestArgument.None ? Arguments : [Commands.Arguments.Guest, .. Arguments];

    /// <summary>"shutdown [GUEST] [--force] [--timeout=SECONDS]".</summary>
    public string Usage => string.Join(' ', [Name, .. Positional.Select(argument => argument.Usage), .. Options.Select(option => $"[{option.Usage}]")]);
}
