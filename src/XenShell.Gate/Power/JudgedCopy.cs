using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;

namespace XenShell.Gate.Power;

/// <summary>
/// The bytes of a guest's file as they were judged, where nobody but root's gates writes: what the
/// toolstack is handed. The file itself may be another guest's by the time it is read. Made and used under
/// the guest's lock; what a killed gate leaves is replaced by the next one.
/// </summary>
internal sealed class JudgedCopy : IDisposable
{
    private JudgedCopy(string path) => Path = path;

    internal string Path { get; }

    internal static JudgedCopy Of(HostLayout layout, Guest guest)
    {
        var folder = $"{layout.RunFolder}/boot";
        Folders.Create(folder);
        var path = $"{folder}/{guest.Name}.cfg";
        AtomicFile.Write(path, guest.Bytes);
        return new JudgedCopy(path);
    }

    public void Dispose() => FileSystem.Remove(Path);
}
