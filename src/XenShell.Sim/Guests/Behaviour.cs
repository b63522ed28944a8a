namespace XenShell.Sim.Guests;

/// <summary>The key "sim" of a guest file, which real xl does not know and ignores.</summary>
internal enum Behaviour
{
    Normal,

    /// <summary>'panic': the kernel panics a second after create.</summary>
    Panic,

    /// <summary>'ignore-shutdown': the kernel hangs, as far as shutdown and reboot are concerned.</summary>
    IgnoreShutdown,

    /// <summary>'loses-shutdown': acknowledges a shutdown in its first ten seconds, and has nobody yet to act on it.</summary>
    LosesShutdown,

    /// <summary>'slow': a shutdown takes ten seconds.</summary>
    Slow,

    /// <summary>'hostile': the console attacks the reader's terminal.</summary>
    Hostile,

    /// <summary>'missing-kernel': create fails as it does when the kernel is not there.</summary>
    MissingKernel,
}
