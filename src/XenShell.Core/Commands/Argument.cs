namespace XenShell.Core.Commands;

/// <summary>A word that a command takes: how it is read, what Tab puts for it, and what stands for it in help and manual.</summary>
/// <param name="word">"KEY".</param>
/// <param name="description">What is expected, for a complaint: "one letter or digit".</param>
public abstract class Argument(string word, string description)
{
    /// <summary>Far above a guest's name.</summary>
    internal const int UsualLength = 256;

    public string Word { get; } = word;

    public bool IsOptional { get; init; }

    /// <summary>Characters.</summary>
    public int MaxLength { get; init; } = UsualLength;

    /// <summary>All words to the end of the line are it, with one blank between them; it is the last one.</summary>
    public bool TakesRest { get; init; }

    /// <summary>Any printable character may stand in it, those of a shell as well.</summary>
    public bool IsProse { get; init; }

    /// <summary>It may stand on standard input, where "-" is typed for it.</summary>
    public bool MayBeInput { get; init; }

    public string Usage => IsOptional ? $"[{Word}]" : Word;

    /// <summary>What is expected, with a word of whoever typed something else.</summary>
    public Func<string, string>? Complaint { get; init; }

    /// <summary>Whole words that it may be, as far as they are known.</summary>
    public Func<KnownWords, IEnumerable<string>> Candidates { get; init; } = _ => [];

    /// <exception cref="UsageException">It is nothing of the kind.</exception>
    internal object Read(string text, CommandTable table, string reader, string usage)
    {
        if (text.Length > MaxLength)
        {
            throw new UsageException($"{Word} is longer than {MaxLength} characters");
        }

        // the gate's argv may hold any bytes
        return (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? TryRead(text, table) : null) ?? throw new UsageException(Complaint?.Invoke(text) ?? Expectation(reader, usage));
    }

    internal string Expectation(string reader, string usage) => $"{reader} takes {description}{usage}";

    /// <summary>As it would be typed.</summary>
    internal abstract string TextOf(object value);

    /// <summary>Names of commands that are done as well, with this value.</summary>
    internal abstract IEnumerable<string> IncludesOf(object value);

    private protected abstract object? TryRead(string text, CommandTable table);
}
