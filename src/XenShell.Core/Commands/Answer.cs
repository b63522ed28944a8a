namespace XenShell.Core.Commands;

/// <summary>How a command's answer is shown.</summary>
public enum Answer
{
    /// <summary>The gate says it in words, to the caller's own terminal.</summary>
    Words,

    /// <summary>The gate prints one document, which the shell lays out for people.</summary>
    Document,

    /// <summary>The gate prints lines for as long as somebody reads them.</summary>
    Followed,

    /// <summary>The caller's terminal becomes the guest's.</summary>
    Console,

    /// <summary>The shell does it alone: the gate does not know the command.</summary>
    Own,
}
