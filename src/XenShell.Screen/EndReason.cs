namespace XenShell.Screen;

/// <summary>Why the screen ends without being asked to.</summary>
internal enum EndReason
{
    /// <summary>The terminal or the connection is gone, or the system wants us to end.</summary>
    Gone,

    /// <summary>No key for as long as idle_timeout allows.</summary>
    Idle,
}
