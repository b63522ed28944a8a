namespace XenShell.Core.Commands;

/// <summary>An option of a command, written --name or --name=NUMBER.</summary>
/// <param name="ForGate">The gate knows it too; all others are the shell's own affair.</param>
/// <param name="Metavariable">The word for the number in help, such as SECONDS.</param>
public sealed record Option(string Name, string Summary, bool ForGate = true, OptionKind Kind = OptionKind.Flag, string Metavariable = "", int Least = 0, int Most = 0)
{
    /// <summary>Names of commands that the command does with this option: it is closed where one of them is.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>How the command answers with this option; null where it makes no difference.</summary>
    public Answer? Answer { get; init; }

    public string Usage => Kind == OptionKind.Flag ? $"--{Name}" : $"--{Name}={Metavariable}";
}
