namespace XenShell.Core.Commands;

/// <summary>What words there are to complete, for whoever types.</summary>
/// <param name="Guests">Names of the user's own; asked for when they are needed.</param>
public sealed record KnownWords(CommandTable Commands, Func<IReadOnlyList<string>> Guests);
