using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>A folder that keeps the rules of <see cref="TrustedTree"/>, held open: what is asked of it is asked of that folder, whatever its path leads to meanwhile.</summary>
/// <param name="path">Without links.</param>
/// <param name="owner">uid that has to own what is in it.</param>
public sealed class TrustedFolder(Fd folder, string path, uint owner) : IDisposable
{
    public string Path => path;

    /// <summary>Of the folder itself: while it is the same, so are the names in it.</summary>
    public FileStamp Stamp() => FileStamp.Of(folder.Status());

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Names() => Folders.Names(folder);

    /// <summary>The stamp of a regular file that keeps the rules; null for anything else, which has to be walked to.</summary>
    public FileStamp? Stamp(string name) =>
        FileSystem.TryStatusOfEntry(folder, name) is { IsRegular: true, OthersCanWrite: false } status && status.Owner == owner
            ? FileStamp.Of(status)
            : null;

    public void Dispose() => folder.Dispose();
}
