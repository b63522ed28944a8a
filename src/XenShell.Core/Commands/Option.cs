namespace XenShell.Core.Commands;

/// <summary>An option of a command, written --name or --name=VALUE.</summary>
/// <param name="ForGate">The gate knows it too; all others are the shell's own affair.</param>
public sealed record Option(string Name, string Summary, bool ForGate = true)
{
    /// <summary>What it takes; null for one that is there or not.</summary>
    public Argument? Value { get; init; }

    /// <summary>What the command does not take with this option.</summary>
    public Argument? InPlaceOf { get; init; }

    /// <summary>Nothing is destroyed with it, whatever the command destroys otherwise.</summary>
    public bool IsHarmless { get; init; }

    /// <summary>A command that only looks acts with it.</summary>
    public bool Acts { get; init; }

    /// <summary>Names of commands that the command does with this option: it is closed where one of them is.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>How the command answers with this option; null where it makes no difference.</summary>
    public Answer? Answer { get; init; }

    public string Usage => Value is null ? $"--{Name}" : $"--{Name}={Value.Word}";
}
