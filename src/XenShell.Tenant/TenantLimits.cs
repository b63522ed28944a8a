namespace XenShell.Tenant;

/// <summary>How long shell and screen wait for the same things, and how much they take.</summary>
public static class TenantLimits
{
    // --- Typing

    /// <summary>The usual size of a shell's history.</summary>
    public const int HistoryLines = 500;

    /// <summary>Lines are rarely half as long.</summary>
    public const int HistoryBytes = HistoryLines * 128;

    /// <summary>A screen's worth.</summary>
    public const int ListedCandidates = 100;

    /// <summary>ms within one sequence of a key or a paste, over a slow line.</summary>
    public const long KeyPause = 500;

    /// <summary>ms from a question to its answer: the eye is no faster, type-ahead and pastes are.</summary>
    public const long LeastThought = 300;

    // --- What goes on

    /// <summary>For each refusal of too many.</summary>
    public static readonly TimeSpan RefusalPenalty = TimeSpan.FromSeconds(1);

    /// <summary>For a console client to go when its escape was sent.</summary>
    public static readonly TimeSpan Detach = TimeSpan.FromMilliseconds(400);

    /// <summary>How often that is sent.</summary>
    public const int DetachTries = 3;

    /// <summary>Bytes of what sshd says of a log-in.</summary>
    public const int UserAuth = 64 << 10;
}
