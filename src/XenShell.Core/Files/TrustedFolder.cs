using Mono.Unix.Native;
using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>A folder that keeps the rules of <see cref="TrustedTree"/>, held open: what is asked of it is asked of that folder, whatever its path leads to meanwhile.</summary>
/// <param name="path">Without links.</param>
/// <param name="owner">uid that has to own what is in it.</param>
public sealed class TrustedFolder(Fd folder, string path, uint owner) : IDisposable
{
    public string Path => path;

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Names() => Folders.Names($"/proc/self/fd/{folder.Number}");

    /// <summary>The stamp of a regular file that keeps the rules; null for anything else, which has to be walked to.</summary>
    public FileStamp? Stamp(string name) =>
        Syscall.fstatat(folder.Number, name, out var status, AtFlags.AT_SYMLINK_NOFOLLOW) == 0
        && (status.st_mode & FilePermissions.S_IFMT) == FilePermissions.S_IFREG
        && TrustedTree.Keeps(status, owner)
            ? FileStamp.Of(status)
            : null;

    /// <summary>Which file a name leads to, links followed; null where it leads nowhere. Whether that can be believed is not asked.</summary>
    public (ulong Device, ulong Inode)? Target(string name) =>
        Syscall.fstatat(folder.Number, name, out var status, 0) == 0 ? (status.st_dev, status.st_ino) : null;

    public void Dispose() => folder.Dispose();
}
