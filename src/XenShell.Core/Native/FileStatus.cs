namespace XenShell.Core.Native;

/// <summary>What stat(2) says of an entry.</summary>
/// <param name="Device">Number of the device that it is on; <see cref="OwnDevice"/> is what it is itself.</param>
/// <param name="Mode">Kind and permissions, as in inode(7).</param>
/// <param name="Size">Bytes.</param>
/// <param name="Taken">Bytes that it takes of its disk: fewer than its size where it is sparse.</param>
/// <param name="Modified">mtime, in nanoseconds since 1970.</param>
/// <param name="Changed">ctime, in the same.</param>
public readonly record struct FileStatus(ulong Device, ulong Inode, uint Mode, uint Owner, uint Group, ulong OwnDevice, long Size, long Taken, long Modified, long Changed)
{
    internal const uint Permissions = 0x1FF; // 0777

    private const long Second = 1_000_000_000;
    private const long Block = 512; // of st_blocks, whatever the file system's are

    internal FileStatus(in Libc.stat status)
        : this(
            status.st_dev,
            status.st_ino,
            status.st_mode,
            status.st_uid,
            status.st_gid,
            status.st_rdev,
            status.st_size,
            status.st_blocks * Block,
            (status.st_mtime * Second) + status.st_mtime_nsec,
            (status.st_ctime * Second) + status.st_ctime_nsec)
    {
    }

    public FileKind Kind => KindOf(Mode);

    /// <param name="mode">As in inode(7).</param>
    public static FileKind KindOf(uint mode) => (FileKind)(mode & Libc.S_IFMT);

    public bool IsRegular => Kind == FileKind.Regular;

    public bool OthersCanWrite => (Mode & (Libc.S_IWGRP | Libc.S_IWOTH)) != 0;

    public bool OwnerCanExecute => (Mode & Libc.S_IXUSR) != 0;
}
