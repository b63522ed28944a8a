namespace XenShell.Core.Toolstacks;

/// <summary>The file behind a <see cref="SharedSnapshot{T}"/>.</summary>
/// <param name="TakenTick">Milliseconds since the host booted.</param>
/// <param name="Error">Why there are no items; null when all is well.</param>
public sealed record SnapshotData<T>(long TakenTick, List<T> Items, string? Error);
