namespace XenShell.Core.Jobs;

/// <summary>What a job does.</summary>
public enum JobKind
{
    Reimage,
    Undo,
}
