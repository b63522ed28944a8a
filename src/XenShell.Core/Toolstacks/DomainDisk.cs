namespace XenShell.Core.Toolstacks;

/// <summary>A disk of a running domain.</summary>
/// <param name="Target">What stands behind it on the host: a path.</param>
public sealed record DomainDisk(int DomainId, string Target, bool IsWritable);
