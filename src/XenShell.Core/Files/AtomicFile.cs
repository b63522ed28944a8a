using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>
/// A file whose readers see the old bytes or the new ones, whole, whatever ends the writer. Several may write at once: each
/// writes beside, under a name of its own, and the last to rename wins. For folders that nobody but the own uid can change.
/// </summary>
public static class AtomicFile
{
    /// <summary>Mode 0600; seen at once, but a power cut may bring the old bytes back, or none.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, isDurable: false);

    /// <summary>The same, on the disk when this returns.</summary>
    public static void WriteToLast(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, isDurable: true);

    private static void Write(string path, ReadOnlySpan<byte> bytes, bool isDurable)
    {
        var beside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = FileSystem.CreateFile(beside))
            {
                file.WriteAll(bytes);
                if (isDurable)
                {
                    file.Sync();
                }
            }

            FileSystem.Rename(beside, path);
        }
        catch
        {
            FileSystem.Remove(beside);
            throw;
        }

        if (isDurable)
        {
            Folders.Sync(path[..Math.Max(1, path.LastIndexOf('/'))]);
        }
    }
}
