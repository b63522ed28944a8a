using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>A call of the kernel failed. <see cref="Exception.Message"/> reads "open /etc/x: Permission denied".</summary>
public sealed class ErrnoException(string what, int errno)
    : IOException($"{what}: {Marshal.GetPInvokeErrorMessage(errno)}")
{
    public int Errno { get; } = errno;

    /// <summary>There is no such entry. A file where a folder belongs (ENOTDIR) is a mistake and not a missing one.</summary>
    public bool IsMissing => Errno == Libc.ENOENT;

    /// <summary>The host ran out of something: descriptors, memory, a disk that answers.</summary>
    public bool IsExhaustion => Errno is Libc.EMFILE or Libc.ENFILE or Libc.ENOMEM or Libc.EIO;

    /// <summary>Nobody reads the pipe or the terminal any more.</summary>
    public bool IsGoneReader => Errno is Libc.EPIPE or Libc.EIO;

    /// <summary>A file stands where a folder belongs.</summary>
    public static ErrnoException NoFolder(string what) => new(what, Libc.ENOTDIR);

    internal static ErrnoException Last(string what) => new(what, Marshal.GetLastPInvokeError());
}
