namespace XenShell.Worker.Systems;

/// <summary>A file of the new system that we put there, root's.</summary>
/// <param name="Path">"etc/hostname".</param>
/// <param name="Mode">0644 and the like.</param>
/// <param name="Content">Null for a folder.</param>
internal sealed record SystemFile(string Path, UnixFileMode Mode, byte[]? Content)
{
    private const UnixFileMode Usual = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    internal static SystemFile Text(string path, string text, UnixFileMode mode = Usual) => new(path, mode, System.Text.Encoding.UTF8.GetBytes(text));
}
