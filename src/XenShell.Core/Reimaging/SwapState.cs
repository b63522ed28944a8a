namespace XenShell.Core.Reimaging;

/// <summary>How far a swap has come, as the names and identities on the host say.</summary>
public enum SwapState
{
    /// <summary>Every volume is where it was.</summary>
    Untouched,

    /// <summary>Every volume is where it was, and of those that were to come some are gone.</summary>
    Abandoned,

    /// <summary>Some have moved; going on and going back are both possible.</summary>
    Halfway,

    /// <summary>Every volume is where it should be.</summary>
    Done,

    /// <summary>A volume that it is about is gone, or something else has its name: only a person can tell what to do.</summary>
    Foreign,
}
