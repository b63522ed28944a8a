namespace XenShell.Core.Domains;

/// <summary>A guest's state, in the words that people see. The numbers stand in a file that programs of two versions may share for a while.</summary>
public enum DomainState
{
    Off = 0,
    Running = 1,

    /// <summary>Being built by the toolstack; it has no memory yet.</summary>
    Starting = 2,
    Paused = 3,

    /// <summary>Has shut down, and its domain is there still: it is being cleared away, or nobody is there to do that.</summary>
    Down = 4,
    Crashed = 5,
    Dying = 6,

    /// <summary>Stopped for as long as somebody on the host saves or moves it, or for good, where that was ended or the guest did it by itself.</summary>
    Suspended = 7,
}
