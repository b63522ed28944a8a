using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core.Volumes;

/// <summary>Raw image files in folders that only root can change.</summary>
internal sealed class FileVolumes(TrustedTree tree) : VolumeKind
{
    private const int MaxName = 255;
    private const long Reserve = 64 << 20; // left to the host, whatever a guest wants

    public override bool ShowsOldBytes => false; // the file system answers zeros for what was not written

    public override Volume? Find(string path)
    {
        try
        {
            RequireFolder(path);
            using var file = FileSystem.TryOpen(path);
            return file is null ? null
                : file.IsRegularFile && file.Status() is var status ? new Volume(path, IdentityOf(file, status), status.Size)
                : throw new VolumeException($"{path} is no regular file");
        }
        catch (IOException e) when (e is not VolumeException)
        {
            throw new VolumeException(e.Message);
        }
    }

    // An inode's number is somebody else's soon after its file was removed.
    private static string IdentityOf(Fd file, FileStatus status) => file.Born() is { } born ? $"inode {status.Inode} of {born}" : $"inode {status.Inode}";

    public override VolumeRoom Room(string path) => Do(() =>
    {
        var (size, free) = FileSystem.Disk(Folder(path));
        return new VolumeRoom(size, free - Reserve);
    });

    public override string? Problem(string path) => Find(path) switch
    {
        null => "its image file is missing",
        { Bytes: 0 } => "its image file is empty",
        _ when path.Length - Folder(path).Length - 1 > LongestName(MaxName) => "its image file has too long a name to make another one beside it",
        _ => null,
    };

    public override void Create(string path, Volume like) => Do(() =>
    {
        RequireFolder(path);
        using var other = FileSystem.TryOpen(like.Path) ?? throw new VolumeException($"{like.Path} is gone");
        using var file = FileSystem.CreateFile(path);
        try
        {
            file.TakeAfter(other.Status());
            file.Allocate(like.Bytes);
            file.Sync();
        }
        catch
        {
            FileSystem.Remove(path); // a full disk leaves nothing behind
            throw;
        }

        Folders.Sync(Folder(path));
        return true;
    });

    public override void Rename(string from, string to) => Do(() =>
    {
        RequireFolder(from);
        FileSystem.RenameToNew(from, to);
        Folders.Sync(Folder(to));
        return true;
    });

    public override void Remove(string path) => Do(() =>
    {
        RequireFolder(path);
        FileSystem.Remove(path);
        Folders.Sync(Folder(path));
        return true;
    });

    private void RequireFolder(string path) => tree.RequireUnchangeable(Folder(path));

    private static string Folder(string path) => path[..path.LastIndexOf('/')];

    private static T Do<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (IOException e) when (e is not VolumeException)
        {
            throw new VolumeException(e.Message);
        }
    }
}
