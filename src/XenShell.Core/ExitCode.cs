namespace XenShell.Core;

/// <summary>Exit status of the shell and of the gate.</summary>
public enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,

    /// <summary>Not allowed or no such guest: one answer, so that nobody learns which guests exist.</summary>
    NotAllowed = 3,

    /// <summary>Somebody else is at work on the guest.</summary>
    Busy = 4,

    /// <summary>Already running, not running, …</summary>
    WrongState = 5,

    /// <summary>The toolstack does not answer.</summary>
    ToolstackSilent = 6,
}
