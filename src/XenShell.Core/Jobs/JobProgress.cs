namespace XenShell.Core.Jobs;

/// <summary>What a job is doing now; a file of its own that a crash may lose.</summary>
/// <param name="Percent">0 to 100, never falling.</param>
public sealed record JobProgress(string Phase, int Percent);
