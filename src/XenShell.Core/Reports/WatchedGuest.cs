using XenShell.Core.Locks;

namespace XenShell.Core.Reports;

/// <summary>One guest in watch.</summary>
/// <param name="Owners">Whose it is, as its grants say; for staff only.</param>
/// <param name="Closed">Commands that a blacklist takes away from this user.</param>
/// <param name="Busy">Who is at work on it.</param>
/// <param name="NetIn">KiB since its start, as the three below; null when not known.</param>
public sealed record WatchedGuest(
    GuestReport Guest,
    IReadOnlyList<string>? Addresses = null,
    IReadOnlyList<string>? Owners = null,
    IReadOnlyList<string>? Closed = null,
    LockHolder? Busy = null,
    long? NetIn = null,
    long? NetOut = null,
    long? DiskRead = null,
    long? DiskWritten = null);
