namespace XenShell.Core.Commands;

/// <summary>An argument and the type that it is read into.</summary>
/// <param name="read">The value; null where the text is none.</param>
public sealed class Argument<T>(string word, string description, Func<string, CommandTable, object?> read) : Argument(word, description)
    where T : notnull
{
    /// <summary>As it would be typed.</summary>
    public Func<T, string> Text { get; init; } = value => value.ToString()!;

    /// <summary>Names of commands that are done as well: what takes one argument may be several deeds.</summary>
    public Func<T, IEnumerable<string>> Includes { get; init; } = _ => [];

    internal override string TextOf(object value) => Text((T)value);

    internal override IEnumerable<string> IncludesOf(object value) => Includes((T)value);

    private protected override object? TryRead(string text, CommandTable table) => read(text, table) is T value ? value : null;
}
