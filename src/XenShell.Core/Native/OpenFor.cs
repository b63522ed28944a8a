namespace XenShell.Core.Native;

/// <summary>What an entry is opened for; never with a wait (FIFOs), and never as a controlling terminal.</summary>
public enum OpenFor
{
    /// <summary>To read its bytes.</summary>
    Reading = Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY,

    /// <summary>To be looked at, or walked through: what it is, and not what is in it.</summary>
    Looking = Libc.O_PATH,

    /// <summary>The same of a folder alone.</summary>
    LookingIntoFolder = Libc.O_PATH | Libc.O_DIRECTORY,
}
