using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>A folder that keeps the rules of <see cref="TrustedTree"/>, held open: what is asked of it is asked of that folder, whatever its path leads to meanwhile.</summary>
/// <param name="path">Without links.</param>
/// <param name="owner">uid that has to own what is in it.</param>
public sealed class TrustedFolder(Fd folder, string path, uint owner) : IDisposable
{
    private const uint OthersWrite = Libc.S_IWGRP | Libc.S_IWOTH;

    public string Path => path;

    /// <summary>Of the folder itself: while it is the same, so are the names in it.</summary>
    public FileStamp Stamp() => FileStamp.Of(folder.Status());

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Names() => Folders.Names($"/proc/self/fd/{folder.Number}");

    /// <summary>The stamp of a regular file that keeps the rules; null for anything else, which has to be walked to.</summary>
    public FileStamp? Stamp(string name) =>
        Libc.fstatat(folder.Number, name, out var status, Libc.AT_SYMLINK_NOFOLLOW) == 0
        && (status.st_mode & Libc.S_IFMT) == Libc.S_IFREG
        && status.st_uid == owner
        && (status.st_mode & OthersWrite) == 0
            ? FileStamp.Of(status)
            : null;

    public void Dispose() => folder.Dispose();
}
