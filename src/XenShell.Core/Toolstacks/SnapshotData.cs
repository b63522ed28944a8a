namespace XenShell.Core.Toolstacks;

/// <summary>The file behind <see cref="StateSnapshot"/>.</summary>
/// <param name="TakenTick">Milliseconds since the host booted.</param>
/// <param name="Error">Why there are no domains; null when all is well.</param>
public sealed record SnapshotData(long TakenTick, List<Domain> Domains, string? Error);
