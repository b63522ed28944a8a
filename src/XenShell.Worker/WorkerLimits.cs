namespace XenShell.Worker;

/// <summary>How long the worker waits, for what, and how much it takes.</summary>
internal static class WorkerLimits
{
    /// <summary>Between two looks at who has asked for what: others before us in line, somebody who cancels.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>What a program says last is read when it has ended; a child of its own may keep the pipe for ever.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>Bytes passed on at a time.</summary>
    internal const int Piece = 256 << 10;

    /// <summary>Bytes of a volume that are cleared at a time.</summary>
    internal const long ClearedPiece = 1L << 30;

    /// <summary>Characters of a line that a program says.</summary>
    internal const int Line = 2000;

    /// <summary>A file of the new system that we change, such as its list of accounts: a hundred times the usual.</summary>
    internal const int ChangedFile = 1 << 20;
}
