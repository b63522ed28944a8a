using XenShell.Core.Domains;
using XenShell.Core.Grants;

namespace XenShell.Core.Commands;

/// <summary>
/// One row of the command table. Prompt, one-shot, help, completion, the gate's parser and the test
/// that holds xen-shell(1) to the table all read it.
/// </summary>
public sealed record Command(string Name, string Summary, string Help)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public GuestArgument Guest { get; init; } = GuestArgument.None;

    /// <summary>The command ends with the letter of a magic system request.</summary>
    public bool TakesKey { get; init; }

    /// <summary>help takes the name of a command.</summary>
    public bool TakesTopic { get; init; }

    public IReadOnlyList<Option> Options { get; init; } = [];

    public Rights Right { get; init; } = Rights.None;

    /// <summary>States in which it makes sense; null is any. Checked by the gate under the guest's lock.</summary>
    public IReadOnlyList<DomainState>? States { get; init; }

    /// <summary>Names of other commands that this one does as well: it is closed where one of them is.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The same of single keys, where it takes one.</summary>
    public IReadOnlyDictionary<char, IReadOnlyList<string>> KeyIncludes { get; init; } = new Dictionary<char, IReadOnlyList<string>>();

    /// <summary>It changes nothing and opens nothing. All else runs out of the caller's reach, has its place on record, and is asked about.</summary>
    public bool OnlyLooks { get; init; }

    /// <summary>How the plain form answers; see <see cref="Invocation.Answer"/>.</summary>
    public Answer Answer { get; init; } = Answer.Words;

    /// <summary>It is about a session, and makes no sense as the only command of one.</summary>
    public bool IsForSessions { get; init; }

    /// <summary>The word that the gate knows it by; null for what the shell does alone.</summary>
    public string? Verb => Answer == Answer.Own ? null : Name;

    /// <summary>The key of the full screen; null for what has none. A capital cuts the power.</summary>
    public char? ScreenKey { get; init; }

    /// <summary>The full screen asks before it does this: one key is quickly pressed.</summary>
    public bool IsAskedAbout { get => field && !OnlyLooks; init; } = true;

    /// <summary>Typed by people; the gate has it for its own ends where false.</summary>
    public bool IsForPeople { get; init; } = true;

    public bool Answers(string word) => Name == word || Aliases.Contains(word);

    /// <summary>"shutdown [GUEST] [--force] [--timeout=SECONDS]".</summary>
    public string Usage => string.Join(' ', UsageWords());

    private IEnumerable<string> UsageWords()
    {
        yield return Name;
        if (Guest != GuestArgument.None)
        {
            yield return "[GUEST]";
        }

        if (TakesKey)
        {
            yield return "KEY";
        }

        if (TakesTopic)
        {
            yield return "[COMMAND]";
        }

        foreach (var option in Options)
        {
            yield return $"[{option.Usage}]";
        }
    }
}
