namespace XenShell.Core.Toolstacks;

/// <summary>The file behind a <see cref="SharedSnapshot{T}"/>.</summary>
/// <param name="AskedTick">When the toolstack was asked, in milliseconds since the host booted: what happened later need not show.</param>
/// <param name="TakenTick">When it had answered.</param>
/// <param name="Error">Why there are no items; null when all is well.</param>
/// <param name="IsSilent">Of an error: it did not answer at all.</param>
public sealed record SnapshotData<T>(long AskedTick, long TakenTick, List<T> Items, string? Error, bool IsSilent = false);
