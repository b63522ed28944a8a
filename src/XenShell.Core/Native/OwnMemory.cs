using System.Globalization;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>
/// Gives back what starting took and idling does not need: sessions stand idle for hours, hundreds of them.
/// </summary>
public static class OwnMemory
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Compacts the heap, and drops the mapped pages of files that read again what is needed again.</summary>
    public static void Settle()
    {
        var mappings = OwnMappings();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (var (start, end) in mappings)
        {
            _ = Libc.madvise(start, end - start, Libc.MADV_DONTNEED);
        }
    }

    private static (nuint Start, nuint End)[] OwnMappings()
    {
        using var file = FileSystem.TryOpen("/proc/self/smaps");
        return file is not null && file.ReadAll(MaxBytes) is { } bytes ? [.. CleanMappings(Encoding.UTF8.GetString(bytes))] : [];
    }

    /// <summary>
    /// The ranges that are a file's, cannot be written, and hold nothing that is not in the file: what the
    /// loader has relocated before it took away the right to write would be lost.
    /// </summary>
    /// <param name="smaps">/proc/PID/smaps: a line "START-END rwxp OFFSET DEVICE INODE PATH" and then "Key: N kB" lines for each range.</param>
    public static IEnumerable<(nuint Start, nuint End)> CleanMappings(string smaps)
    {
        var candidate = default((nuint, nuint)?);
        foreach (var line in smaps.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [var range, ['r', '-', _, 'p'], _, _, _, ['/', ..], ..])
            {
                var ends = range.Split('-');
                candidate = (nuint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), nuint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
            else if (words is [[.., not ':'], ..])
            {
                candidate = null;
            }
            else if (words is ["Anonymous:", "0", ..] && candidate is { } clean)
            {
                yield return clean;
            }
        }
    }
}
