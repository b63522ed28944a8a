using XenShell.Core.Limits;

namespace XenShell.Worker;

/// <summary>How long the worker waits, for what, and how much it takes.</summary>
internal static class WorkerLimits
{
    /// <summary>Between two looks at who has asked for what: others before us in line, somebody who cancels.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Nobody else wants the job's lock but to see for a moment whether we have it.</summary>
    internal static readonly TimeSpan OwnLock = TimeSpan.FromSeconds(1);

    /// <summary>Between two tries to have the disks exchanged, while somebody else is at work on the guest.</summary>
    internal static readonly TimeSpan GuestTick = TimeSpan.FromSeconds(2);

    /// <summary>Somebody may wait for a shutdown of the guest's, as long as that may take.</summary>
    internal static readonly TimeSpan GuestBusy = TimeSpan.FromSeconds(Sizes.ShutdownSeconds);

    /// <summary>A program that was killed ends at once, or its storage has it.</summary>
    internal static readonly TimeSpan StraysEnd = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at whether it has.</summary>
    internal static readonly TimeSpan StraysTick = TimeSpan.FromMilliseconds(10);

    /// <summary>An exchange whose gate was killed on the way goes on; one that is cut so often never will.</summary>
    internal const int CutExchanges = 3;

    /// <summary>Bytes passed on at a time.</summary>
    internal const int Piece = 256 << 10;

    /// <summary>Bytes of a volume that are cleared at a time.</summary>
    internal const long ClearedPiece = 1L << 30;

    /// <summary>Characters of a line that a program says.</summary>
    internal const int Line = 2000;

    /// <summary>Of debugfs, whose file system may be a tenant's work: it takes milliseconds and a few MB, and for one of 8 TiB a second.</summary>
    internal static readonly Bounds DebugFs = new(Time: TimeSpan.FromSeconds(60), Said: 256 << 10, ProcessorSeconds: 30, Memory: 1 << 30);

    /// <summary>What an image that is unpacked leaves to the host, for a day of its logs and the records of all jobs.</summary>
    internal const long HostReserve = 256 << 20;

    /// <summary>What each of its files takes besides its bytes: a block that is not full, or one of a folder.</summary>
    internal const long EntryRoom = 4096;

    /// <summary>Of a public host key that stands in the job's record: the largest of RSA has 3 KiB.</summary>
    internal const int PublicKey = 8 << 10;

    /// <summary>A file of the new system that we change, such as its list of accounts: a hundred times the usual.</summary>
    internal const int ChangedFile = 1 << 20;
}
