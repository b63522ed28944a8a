namespace XenShell.Core.Commands;

/// <summary>What an option takes.</summary>
public enum OptionKind
{
    /// <summary>Nothing: it is there or not.</summary>
    Flag,

    /// <summary>A whole number within bounds.</summary>
    Number,
}
