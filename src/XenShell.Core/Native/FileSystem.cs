using System.Runtime.InteropServices;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>
/// openat and its kin, for places that nobody but the own uid can change; see Files.TrustedTree for paths
/// that have to earn trust first.
/// </summary>
public static class FileSystem
{
    private const int MaxPath = 4096; // PATH_MAX
    private const uint OwnerOnly = 0x180; // 0600

    internal static Fd Open(string path, int flags, uint mode = 0) => OpenAt(null, path, flags, mode);

    /// <summary>An entry of a folder, never through a link.</summary>
    public static Fd OpenAt(Fd folder, string name, OpenFor use) => OpenAt(folder, name, (int)use | Libc.O_NOFOLLOW);

    /// <summary>What a path leads to, never through a link at its end.</summary>
    public static Fd Open(string path, OpenFor use) => OpenAt(null, path, (int)use | Libc.O_NOFOLLOW);

    private static Fd OpenAt(Fd? folder, string path, int flags, uint mode = 0)
    {
        var number = Libc.openat(folder?.Number ?? Libc.AT_FDCWD, path, flags | Libc.O_CLOEXEC, mode);
        return number >= 0 ? new Fd(number) : throw ErrnoException.Last($"open {path}");
    }

    /// <summary>Opens for reading and appending, made with mode 0600 when missing; never through a link.</summary>
    public static Fd OpenToAppend(string path, uint mode = OwnerOnly) =>
        Open(path, Libc.O_RDWR | Libc.O_APPEND | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_NONBLOCK, mode);

    /// <summary>Opens for reading and writing, made with mode 0600 when missing; never through a link.</summary>
    public static Fd OpenOrCreate(string path) =>
        Open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_NONBLOCK, OwnerOnly);

    /// <summary>Opens for reading and writing a file that must not be there yet; mode 0600.</summary>
    public static Fd CreateFile(string path) =>
        Open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW, OwnerOnly);

    /// <summary>Opens a file or FIFO for reading and writing without waiting, never through a link; null when it is not there.</summary>
    public static Fd? TryOpen(string path, bool forWriting = false) =>
        TryOpen(path, (forWriting ? Libc.O_RDWR : Libc.O_RDONLY) | Libc.O_NOFOLLOW);

    /// <summary>Opens a volume for reading and writing; null when it is not there. Links are followed: a logical volume's name is one, which udev makes.</summary>
    public static Fd? TryOpenVolume(string path) => TryOpen(path, Libc.O_RDWR);

    /// <summary>The same for reading, of what root may have put elsewhere.</summary>
    public static Fd? TryOpenWhereItLeads(string path) => TryOpen(path, Libc.O_RDONLY);

    /// <summary>A network device of that name, or of that other name, is there.</summary>
    public static bool IsNetworkDevice(string name) => Libc.if_nametoindex(name) != 0;

    private static Fd? TryOpen(string path, int flags)
    {
        // asked for every guest at every look, and most are missing: no exception for that
        var number = Libc.openat(Libc.AT_FDCWD, path, flags | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        if (number >= 0)
        {
            return new Fd(number);
        }

        var error = ErrnoException.Last($"open {path}");
        return error.IsMissing ? null : throw error;
    }

    /// <summary>A FIFO of the own uid's, in the place of whatever was there.</summary>
    public static void CreateFifo(string path)
    {
        Remove(path);
        if (Libc.mkfifoat(Libc.AT_FDCWD, path, OwnerOnly) != 0)
        {
            throw ErrnoException.Last($"mkfifo {path}");
        }
    }

    /// <summary>Removes a file; a missing one is fine.</summary>
    public static void Remove(string path)
    {
        if (Libc.unlinkat(Libc.AT_FDCWD, path, 0) != 0 && Marshal.GetLastPInvokeError() != Libc.ENOENT)
        {
            throw ErrnoException.Last($"unlink {path}");
        }
    }

    /// <summary>Renames in the place of what has that name.</summary>
    public static void Rename(string from, string to)
    {
        if (Libc.renameat(Libc.AT_FDCWD, from, Libc.AT_FDCWD, to) != 0)
        {
            throw ErrnoException.Last($"rename {from}");
        }
    }

    /// <summary>Renames to a name that must not be taken.</summary>
    public static void RenameToNew(string from, string to)
    {
        if (Libc.renameat2(Libc.AT_FDCWD, from, Libc.AT_FDCWD, to, Libc.RENAME_NOREPLACE) != 0)
        {
            throw ErrnoException.Last($"rename {from} to {to}");
        }
    }

    /// <summary>Of what a path leads to, links followed; null when that is not there, or not ours to see.</summary>
    public static FileStatus? TryStatus(string path) => TryStatus(null, path, 0);

    /// <summary>The same of a path that may be no text.</summary>
    public static unsafe FileStatus? TryStatus(ReadOnlySpan<byte> path)
    {
        if (path.Length >= MaxPath)
        {
            return null; // nothing has such a path
        }

        Span<byte> ended = stackalloc byte[path.Length + 1];
        path.CopyTo(ended);
        ended[^1] = 0;
        fixed (byte* start = ended)
        {
            return Libc.fstatat(Libc.AT_FDCWD, start, out var status, 0) == 0 ? new FileStatus(status) : null;
        }
    }

    /// <summary>Of the entry itself, a link too.</summary>
    public static FileStatus? TryStatusOfEntry(string path) => TryStatus(null, path, Libc.AT_SYMLINK_NOFOLLOW);

    /// <summary>Of an entry of a folder itself.</summary>
    public static FileStatus? TryStatusOfEntry(Fd folder, string name) => TryStatus(folder, name, Libc.AT_SYMLINK_NOFOLLOW);

    private static FileStatus? TryStatus(Fd? folder, string path, int flags) =>
        Libc.fstatat(folder?.Number ?? Libc.AT_FDCWD, path, out var status, flags) == 0 ? new FileStatus(status) : null;

    /// <summary>Of what a path leads to, links followed: for paths that are the kernel's own.</summary>
    public static FileStatus StatusOf(string path) => TryStatus(path) ?? throw ErrnoException.Last($"stat {path}");

    /// <summary>A path has no entry, nor a link that leads nowhere; an error of another kind is none.</summary>
    public static bool IsMissing(string path) =>
        TryStatusOfEntry(path) is null && Marshal.GetLastPInvokeError() == Libc.ENOENT;

    /// <summary>When an entry was last changed, links followed, in nanoseconds since 1970; 0 when it is not there.</summary>
    public static long ChangedAt(string path) => TryStatus(path)?.Modified ?? 0;

    /// <summary>Bytes that the file system of a folder has, and has left for others than root.</summary>
    public static (long Size, long Free) Disk(string path) =>
        Mono.Unix.Native.Syscall.statvfs(path, out var status) == 0
            ? ((long)(status.f_blocks * status.f_frsize), (long)(status.f_bavail * status.f_frsize))
            : throw ErrnoException.Last($"statvfs {path}");

    public static string ReadLink(string path) => TryReadLink(path) ?? throw ErrnoException.Last($"readlink {path}");

    /// <summary>Where a link of /proc leads to; null where that is not ours to see, or gone: no exception for what is usual.</summary>
    public static string? TryReadLink(string path) => TryReadLink(null, path);

    /// <summary>Where a link in a folder leads to.</summary>
    public static string ReadLinkAt(Fd folder, string name) => TryReadLink(folder, name) ?? throw ErrnoException.Last($"readlink {name}");

    private static unsafe string? TryReadLink(Fd? folder, string path)
    {
        var buffer = stackalloc byte[MaxPath];
        var length = Libc.readlinkat(folder?.Number ?? Libc.AT_FDCWD, path, buffer, MaxPath);
        return length >= 0 ? Encoding.UTF8.GetString(buffer, (int)length) : null;
    }
}
