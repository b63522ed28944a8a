using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>Folders that nobody but the own uid can change.</summary>
public static class Folders
{
    private const uint ForAllToEnter = 0x1ED; // 0755

    /// <summary>Makes a folder (mode 0700 unless told) and its missing parents.</summary>
    public static void Create(string path, uint mode = 0x1C0)
    {
        for (var slash = path.IndexOf('/', 1); ; slash = path.IndexOf('/', slash + 1))
        {
            var part = slash < 0 ? path : path[..slash];
            if (Libc.mkdirat(Libc.AT_FDCWD, part, slash < 0 ? mode : ForAllToEnter) != 0 && Marshal.GetLastPInvokeError() != Libc.EEXIST)
            {
                throw ErrnoException.Last($"mkdir {part}");
            }

            if (slash < 0)
            {
                return;
            }
        }
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
        var error = Marshal.GetLastPInvokeError();
        _ = Syscall.closedir(stream);
        if (error != 0)
        {
            throw new ErrnoException($"read {path}", error);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The same of a folder that is held open, whatever its path leads to meanwhile.</summary>
    public static IReadOnlyList<string> Names(Fd folder) => Names($"/proc/self/fd/{folder.Number}");

    /// <summary>Makes the entries of a folder last.</summary>
    public static void Sync(string path)
    {
        using var folder = FileSystem.Open(path, Libc.O_RDONLY | Libc.O_DIRECTORY);
        folder.Sync();
    }

    /// <summary>Removes a folder with all in it, without following links; a missing one is fine.</summary>
    public static void RemoveTree(string path)
    {
        if (TryRemove(path))
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

        if (!TryRemove(path))
        {
            throw new ErrnoException($"rmdir {path}", Libc.ENOTEMPTY);
        }
    }

    /// <returns>False when something is in it.</returns>
    private static bool TryRemove(string path)
    {
        if (Libc.unlinkat(Libc.AT_FDCWD, path, Libc.AT_REMOVEDIR) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Libc.ENOENT => true,
            Libc.ENOTEMPTY or Libc.EEXIST => false,
            _ => throw ErrnoException.Last($"rmdir {path}"),
        };
    }
}
