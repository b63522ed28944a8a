namespace XenShell.Core.Toolstacks;

/// <summary>A guest's state, in the words that people see.</summary>
public enum DomainState
{
    Off,
    Running,

    /// <summary>Being built by the toolstack; it has no memory yet.</summary>
    Starting,
    Paused,

    /// <summary>Has shut down, and its domain is there still: it is being cleared away, or nobody is there to do that.</summary>
    Down,

    /// <summary>Stopped for as long as somebody on the host saves or moves it.</summary>
    Suspended,
    Crashed,
    Dying,
}
