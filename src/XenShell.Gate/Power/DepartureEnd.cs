namespace XenShell.Gate.Power;

/// <summary>What came of waiting for a guest that was asked to shut down.</summary>
internal enum DepartureEnd
{
    Off,

    /// <summary>It has shut down, and its domain stays: with on_poweroff = 'preserve', or without xl's process.</summary>
    Down,
    Crashed,
    Rebooted,

    /// <summary>The caller does not wait any longer.</summary>
    Unwatched,
    TimedOut,
}
