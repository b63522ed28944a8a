using System.Text;
using Mono.Unix.Native;
using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>
/// openat and its kin, for folders that nobody but the own uid can change; see <see cref="TrustedTree"/>
/// for paths that have to earn trust first.
/// </summary>
public static class Folders
{
    private const int MaxLink = 4096; // PATH_MAX

    internal static Fd Open(string path, int flags, uint mode = 0) => OpenAt(null, path, flags, mode);

    internal static Fd OpenAt(Fd? folder, string path, int flags, uint mode = 0)
    {
        var number = Libc.openat(folder?.Number ?? Libc.AT_FDCWD, path, flags | Libc.O_CLOEXEC, mode);
        return number >= 0 ? new Fd(number) : throw ErrnoException.Last($"open {path}");
    }

    /// <summary>Opens for reading and appending, made with mode 0600 when missing; never through a link.</summary>
    public static Fd OpenToAppend(string path, uint mode = 0x180) =>
        Open(path, Libc.O_RDWR | Libc.O_APPEND | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_NONBLOCK, mode);

    /// <summary>Opens for reading and writing, made with mode 0600 when missing; never through a link.</summary>
    public static Fd OpenOrCreate(string path) =>
        Open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_NONBLOCK, 0x180);

    /// <summary>Opens a file or FIFO for reading and writing without waiting, never through a link; null when it is not there.</summary>
    public static Fd? TryOpen(string path, bool forWriting = false)
    {
        // asked for every guest at every look, and most are missing: no exception for that
        var flags = (forWriting ? Libc.O_RDWR : Libc.O_RDONLY) | Libc.O_NOFOLLOW | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
        var number = Libc.openat(Libc.AT_FDCWD, path, flags, 0);
        if (number >= 0)
        {
            return new Fd(number);
        }

        var error = ErrnoException.Last($"open {path}");
        return error.IsMissing ? null : throw error;
    }

    /// <summary>Makes a folder (mode 0700 unless told) and its missing parents.</summary>
    public static void Create(string path, uint mode = 0x1C0)
    {
        for (var slash = path.IndexOf('/', 1); ; slash = path.IndexOf('/', slash + 1))
        {
            var part = slash < 0 ? path : path[..slash];
            if (Libc.mkdirat(Libc.AT_FDCWD, part, slash < 0 ? mode : 0x1ED) != 0
                && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Libc.EEXIST)
            {
                throw ErrnoException.Last($"mkdir {part}");
            }

            if (slash < 0)
            {
                return;
            }
        }
    }

    public static void CreateFifo(string path)
    {
        Remove(path);
        if (Libc.mkfifoat(Libc.AT_FDCWD, path, 0x180) != 0)
        {
            throw ErrnoException.Last($"mkfifo {path}");
        }
    }

    /// <summary>Removes a file; a missing one is fine.</summary>
    public static void Remove(string path)
    {
        if (Libc.unlinkat(Libc.AT_FDCWD, path, 0) != 0
            && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Libc.ENOENT)
        {
            throw ErrnoException.Last($"unlink {path}");
        }
    }

    /// <summary>Removes a folder with all in it, without following links; a missing one is fine.</summary>
    public static void RemoveTree(string path)
    {
        if (TryRemoveFolder(path))
        {
            return;
        }

        foreach (var name in Names(path))
        {
            var entry = $"{path}/{name}";
            if (Libc.unlinkat(Libc.AT_FDCWD, entry, 0) != 0)
            {
                RemoveTree(entry);
            }
        }

        if (!TryRemoveFolder(path))
        {
            throw new ErrnoException($"rmdir {path}", Libc.ENOTEMPTY);
        }
    }

    /// <returns>False when something is in it.</returns>
    private static bool TryRemoveFolder(string path)
    {
        if (Libc.unlinkat(Libc.AT_FDCWD, path, Libc.AT_REMOVEDIR) == 0)
        {
            return true;
        }

        return System.Runtime.InteropServices.Marshal.GetLastPInvokeError() switch
        {
            Libc.ENOENT => true,
            Libc.ENOTEMPTY or Libc.EEXIST => false,
            _ => throw ErrnoException.Last($"rmdir {path}"),
        };
    }

    /// <summary>Renames to a name that must not be taken.</summary>
    public static void RenameToNew(string from, string to)
    {
        if (Libc.renameat2(Libc.AT_FDCWD, from, Libc.AT_FDCWD, to, Libc.RENAME_NOREPLACE) != 0)
        {
            throw ErrnoException.Last($"rename {from} to {to}");
        }
    }

    /// <summary>Opens for reading and writing a file that must not be there yet; mode 0600.</summary>
    public static Fd CreateFile(string path) =>
        Open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW, 0x180);

    /// <summary>Makes the entries of a folder last.</summary>
    public static void Sync(string path)
    {
        using var folder = Open(path, Libc.O_RDONLY | Libc.O_DIRECTORY);
        folder.Sync();
    }

    /// <summary>The owner of an entry, links followed; null when it is not there.</summary>
    public static uint? OwnerOf(string path) => Syscall.stat(path, out var status) == 0 ? status.st_uid : null;

    /// <summary>When an entry was last changed, links followed, in nanoseconds since 1970; 0 when it is not there.</summary>
    public static long ChangedAt(string path) =>
        Syscall.stat(path, out var status) == 0 ? (status.st_mtime * 1_000_000_000) + (long)status.st_mtime_nsec : 0;

    /// <summary>Bytes that the file system of a folder has, and has left for others than root.</summary>
    public static (long Size, long Free) Disk(string path) =>
        Syscall.statvfs(path, out var status) == 0
            ? ((long)(status.f_blocks * status.f_frsize), (long)(status.f_bavail * status.f_frsize))
            : throw ErrnoException.Last($"statvfs {path}");

    public static void Rename(string from, string to)
    {
        if (Libc.renameat(Libc.AT_FDCWD, from, Libc.AT_FDCWD, to) != 0)
        {
            throw ErrnoException.Last($"rename {from}");
        }
    }

    /// <summary>Writes beside with mode 0600, fsyncs where asked, renames: a reader sees the old bytes or the new ones.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool durable)
    {
        var beside = path + ".new";
        Remove(beside);
        using (var file = Open(beside, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW, 0x180))
        {
            file.WriteAll(bytes);
            if (durable)
            {
                file.Sync();
            }
        }

        Rename(beside, path);
        if (durable)
        {
            Sync(path[..Math.Max(1, path.LastIndexOf('/'))]);
        }
    }

    public static string ReadLink(string path) => TryReadLink(path) ?? throw ErrnoException.Last($"readlink {path}");

    /// <summary>Where a link of /proc leads to; null where that is not ours to see, or gone: no exception for what is usual.</summary>
    public static unsafe string? TryReadLink(string path)
    {
        var buffer = stackalloc byte[MaxLink];
        var length = Libc.readlinkat(Libc.AT_FDCWD, path, buffer, MaxLink);
        return length >= 0 ? Encoding.UTF8.GetString(buffer, (int)length) : null;
    }

    /// <summary>Of what the path leads to, links followed: for paths that are the kernel's own.</summary>
    public static FileStamp StampOf(string path) =>
        Libc.fstatat(Libc.AT_FDCWD, path, out var status, 0) == 0 ? FileStamp.Of(status) : throw ErrnoException.Last($"stat {path}");

    /// <summary>A path has no entry, nor a link that leads nowhere; an error of another kind is none.</summary>
    public static bool IsMissing(string path) =>
        Libc.fstatat(Libc.AT_FDCWD, path, out _, Libc.AT_SYMLINK_NOFOLLOW) != 0
        && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.ENOENT;

    internal static unsafe string ReadLinkAt(Fd folder, string name)
    {
        var buffer = stackalloc byte[MaxLink];
        var length = Libc.readlinkat(folder.Number, name, buffer, MaxLink);
        return length >= 0 ? Encoding.UTF8.GetString(buffer, (int)length) : throw ErrnoException.Last($"readlink {name}");
    }

    /// <summary>Entry names in ordinal order, without "." and "..".</summary>
    /// <exception cref="ErrnoException">Not all of them could be read: a list cut short would pass for the whole.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        var names = new List<string>();
        var stream = Syscall.opendir(path);
        if (stream == 0)
        {
            throw ErrnoException.Last($"open {path}");
        }

        while (Syscall.readdir(stream) is { } entry)
        {
            if (entry.d_name is not ("." or ".."))
            {
                names.Add(entry.d_name);
            }
        }

        // at the end of a folder readdir leaves 0 there
        var error = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        _ = Syscall.closedir(stream);
        if (error != 0)
        {
            throw new ErrnoException($"read {path}", error);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>At most <paramref name="limit"/> bytes from the start of a file; null when it holds more.</summary>
    public static byte[]? ReadAll(Fd file, int limit)
    {
        // what stat says of /proc's files, and of those that grow, is too little
        var bytes = new byte[Math.Min(Math.Max(file.Status().st_size + 1, 512), limit + 1L)];
        var length = 0;
        int count;
        while ((count = file.Read(bytes.AsSpan(length))) > 0)
        {
            length += count;
            if (length > limit)
            {
                return null;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(length * 2L, limit + 1L));
            }
        }

        return bytes.AsSpan(0, length).ToArray();
    }
}
