using System.Text;

namespace XenShell.Worker.Systems;

/// <summary>A file, link or folder of the new system that we put there, root's.</summary>
/// <param name="Path">"etc/hostname".</param>
/// <param name="Mode">0644 and the like.</param>
/// <param name="Content">Of a file.</param>
/// <param name="Target">Of a symbolic link.</param>
internal sealed record SystemFile(string Path, UnixFileMode Mode, byte[]? Content, string? Target = null)
{
    /// <summary>0600.</summary>
    internal const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ForAll = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ToEnter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>gid of its group: passwords are for one of their own.</summary>
    internal int Group { get; init; }

    internal bool IsFolder => Content is null && Target is null;

    internal static SystemFile Text(string path, string text, UnixFileMode mode = ForAll) => new(path, mode, Encoding.UTF8.GetBytes(text));

    internal static SystemFile Link(string path, string target) => new(path, ForAll | ToEnter, null, target);

    internal static SystemFile Folder(string path, UnixFileMode mode = ForAll | ToEnter) => new(path, mode, null);
}
