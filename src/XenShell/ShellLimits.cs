namespace XenShell;

/// <summary>How long the shell waits, and how much it takes.</summary>
internal static class ShellLimits
{
    // --- Typing

    /// <summary>The usual size of a shell's history.</summary>
    internal const int HistoryLines = 500;

    /// <summary>Lines are rarely half as long.</summary>
    internal const int HistoryBytes = HistoryLines * 128;

    /// <summary>A screen's worth.</summary>
    internal const int ListedCandidates = 100;

    /// <summary>ms within one sequence of a key or a paste, over a slow line.</summary>
    internal const long KeyPause = 500;

    /// <summary>ms from a question to its answer: the eye is no faster, type-ahead and pastes are.</summary>
    internal const long LeastThought = 300;

    // --- What goes on

    /// <summary>For each refusal of too many.</summary>
    internal static readonly TimeSpan RefusalPenalty = TimeSpan.FromSeconds(1);

    /// <summary>For a console client to go when its escape was sent.</summary>
    internal static readonly TimeSpan Detach = TimeSpan.FromMilliseconds(400);

    /// <summary>How often that is sent.</summary>
    internal const int DetachTries = 3;

    /// <summary>Bytes of what sshd says of a log-in.</summary>
    internal const int UserAuth = 64 << 10;
}
