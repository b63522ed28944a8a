namespace XenShell.Core.Grants;

/// <summary>What may be done to a guest.</summary>
[Flags]
public enum Rights
{
    None = 0,

    /// <summary>status, list, log, usage, activity.</summary>
    View = 1,

    /// <summary>boot, shutdown, poweroff, reboot, reset, pause, unpause, sysreq.</summary>
    Power = 2,

    /// <summary>Attach, watch, take over.</summary>
    Console = 4,

    /// <summary>Set and clear reverse DNS.</summary>
    Rdns = 8,

    /// <summary>Re-image, undo, rescue.</summary>
    Reimage = 16,
}
