namespace XenShell.Core.Toolstacks;

/// <summary>What a domain has moved since it was started, in KiB and seen from the guest; of disks null where the host's xentop cannot tell.</summary>
public sealed record Traffic(string Name, long NetIn, long NetOut, long? DiskRead, long? DiskWritten);
