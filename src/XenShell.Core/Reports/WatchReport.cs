namespace XenShell.Core.Reports;

/// <summary>One line of watch: everything that the caller may see, at one moment.</summary>
/// <param name="Tick">Milliseconds of a clock that only goes on; rates are differences over it.</param>
/// <param name="Trouble">Why the states are not known; null when they are.</param>
public sealed record WatchReport(long Tick, IReadOnlyList<WatchedGuest> Guests, string? Trouble = null);
