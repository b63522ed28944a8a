using System.Globalization;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>losetup(8) of one loop device: which file it has open, by the kernel's word. For that the kernel may ask the file's storage.</summary>
internal static class LoopQuestion
{
    private const string Losetup = "/usr/sbin/losetup";

    /// <param name="devices">"/dev/loop3"; all that there are where none is named.</param>
    internal static Question Ask(params string[] devices) => new([Losetup, "--list", "--noheadings", "--output", "NAME,BACK-INO,BACK-MAJ:MIN,OFFSET", .. devices]);

    /// <summary>Lines of "/dev/loop3 11657354 254:0 0".</summary>
    /// <returns>By name; nothing where nothing can be said.</returns>
    internal static IReadOnlyDictionary<string, LoopFile> Read((int? Code, string Text) answer)
    {
        var files = new Dictionary<string, LoopFile>(StringComparer.Ordinal);
        foreach (var line in answer.Code == 0 ? answer.Text.Split('\n') : [])
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var inode, var device, var offset]
                && ulong.TryParse(inode, NumberStyles.None, CultureInfo.InvariantCulture, out var file)
                && DeviceNumber.Parse(device) is { } number
                && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            {
                files[name] = new LoopFile(DiskIdentity.OfFile(number, file), start);
            }
        }

        return files;
    }
}
