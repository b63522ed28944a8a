namespace XenShell.Core.Toolstacks;

/// <summary>A guest's state, in the words that people see.</summary>
public enum DomainState
{
    Off,
    Running,

    /// <summary>Being built by the toolstack; it has no memory yet.</summary>
    Starting,
    Paused,

    /// <summary>Has shut down, and its domain is being cleared away.</summary>
    ShuttingDown,
    Crashed,
    Dying,
}
