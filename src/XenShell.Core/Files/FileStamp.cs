using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>
/// Which file it is, and what the kernel changes of it with its content. Nobody but the clock's owner can bring a ctime
/// back; a change within the same tick of the kernel's clock leaves it as it was, so that a stamp says nothing of a file
/// that was read in the tick of its last change (git calls such entries racily clean).
/// </summary>
/// <param name="Modified">mtime, in nanoseconds since 1970.</param>
/// <param name="Changed">ctime, in the same.</param>
public readonly record struct FileStamp(ulong Device, ulong Inode, long Size, long Modified, long Changed)
{
    private const long Second = 1_000_000_000;

    // Of a tick of 10 ms at most, of disks that keep whole seconds, and of a clock that is being set right.
    private const long Margin = 2 * Second;

    /// <summary>The time, as <see cref="IsSettled"/> takes it.</summary>
    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

    /// <summary>What was read at that time is what the file with this stamp holds.</summary>
    /// <param name="readAt">Before the file was opened, in nanoseconds since 1970.</param>
    public bool IsSettled(long readAt) => Changed + Margin < readAt && Modified + Margin < readAt;

    public static FileStamp Of(FileStatus status) => new(status.Device, status.Inode, status.Size, status.Modified, status.Changed);
}
