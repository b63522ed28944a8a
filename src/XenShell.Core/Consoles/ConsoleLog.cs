using System.Diagnostics;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Consoles;

/// <summary>
/// xenconsoled's log of one guest, "guest-NAME.log". The guest decides what stands in it: it is read in
/// small pieces however much is asked for, and all that comes out is printable text.
/// </summary>
/// <param name="begin">What stands before this offset is not for the reader.</param>
public sealed class ConsoleLog(HostLayout layout, GuestName guest, long begin = 0)
{
    private readonly string path = $"{layout.ConsoleLogFolder}/guest-{guest}.log";

    /// <summary>Bytes in it now; 0 when there is none.</summary>
    public long Length()
    {
        using var file = FileSystem.TryOpen(path);
        return file?.Status().Size ?? 0;
    }

    /// <summary>The last lines, read as they are asked for; null when there is no log.</summary>
    /// <param name="end">
    /// Where <see cref="Next"/> goes on: behind the last whole line. What stands there without an end yet, such
    /// as a prompt, is among the lines, and comes again when it is whole.
    /// </param>
    public IEnumerable<string>? Tail(int lines, out long end)
    {
        using var file = FileSystem.TryOpen(path);
        end = 0;
        if (file is null)
        {
            return null;
        }

        long size = file.Status().Size;
        var (start, whole) = LastLines(file, Math.Min(size, Math.Max(begin, size - Sizes.LogTail)), size, lines);
        end = whole;
        return Lines(start, size);
    }

    /// <summary>The last lines of what came since an offset.</summary>
    public IReadOnlyList<string> Since(long start, int lines)
    {
        var end = Length();
        return [.. Lines(Math.Max(start, end - Sizes.LogTail), end).TakeLast(lines)];
    }

    /// <summary>Waits until something stands behind an offset; what a dying guest said last reaches the log a little later.</summary>
    public void WaitPast(long offset, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (Length() <= offset && watch.Elapsed < time)
        {
            Poll.Pause(Waits.LogTick);
        }
    }

    /// <summary>The next whole lines from an offset on, which moves behind them; starts over when the log was rotated.</summary>
    /// <returns>Empty when no line is whole yet; of many, some.</returns>
    public IReadOnlyList<string> Next(ref long offset)
    {
        using var file = FileSystem.TryOpen(path);
        if (file is null)
        {
            return [];
        }

        long end = file.Status().Size;
        if (end < offset)
        {
            offset = 0;
        }

        var bytes = new byte[Math.Min(Sizes.LogPiece, end - offset)];
        bytes = bytes[..Fill(file, bytes, offset)];
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && bytes.Length < Sizes.LogPiece)
        {
            return [];
        }

        // A line without an end is cut: what follows is the next one.
        whole = whole == 0 ? bytes.Length : whole;
        offset += whole;
        var lines = new ConsoleLines();
        return [.. lines.Take(bytes.AsMemory(0, whole)), .. lines.Rest()];
    }

    private IEnumerable<string> Lines(long start, long end)
    {
        using var file = FileSystem.TryOpen(path);
        if (file is null)
        {
            yield break;
        }

        var lines = new ConsoleLines();
        var piece = new byte[Sizes.LogPiece];
        for (var at = start; at < end;)
        {
            var count = Fill(file, piece.AsSpan(0, (int)Math.Min(Sizes.LogPiece, end - at)), at);
            if (count == 0)
            {
                break; // cut short meanwhile
            }

            at += count;
            foreach (var line in lines.Take(piece.AsMemory(0, count)))
            {
                yield return line;
            }
        }

        foreach (var line in lines.Rest())
        {
            yield return line;
        }
    }

    /// <summary>Looks backwards for where the last lines begin, not before <paramref name="first"/>.</summary>
    /// <returns>Where they do, and where the last whole line ends.</returns>
    private static (long Start, long Whole) LastLines(Fd file, long first, long size, int count)
    {
        var piece = new byte[Sizes.LogPiece];
        var (whole, found) = (first, 0);
        for (var end = size; end > first;)
        {
            var start = Math.Max(first, end - Sizes.LogPiece);
            var bytes = piece.AsSpan(0, Fill(file, piece.AsSpan(0, (int)(end - start)), start));
            for (var at = bytes.LastIndexOf((byte)'\n'); at >= 0; at = bytes[..at].LastIndexOf((byte)'\n'))
            {
                whole = whole == first ? start + at + 1 : whole;

                // The end of the very last line begins no line.
                if (start + at + 1 < size && ++found == count)
                {
                    return (start + at + 1, whole);
                }
            }

            end = start;
        }

        return (first, whole);
    }

    private static int Fill(Fd file, Span<byte> bytes, long offset)
    {
        var filled = 0;
        while (filled < bytes.Length && file.ReadAt(bytes[filled..], offset + filled) is > 0 and var count)
        {
            filled += count;
        }

        return filled;
    }
}
