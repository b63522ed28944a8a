using System.Diagnostics;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Consoles;

/// <summary>
/// xenconsoled's log of one guest, "guest-NAME.log". The guest decides what stands in it: reads are
/// bounded, and all that comes out is printable text.
/// </summary>
public sealed class ConsoleLog(HostLayout layout, GuestName guest)
{
    private const int MaxTail = 1 << 20; // bytes looked at for the last lines
    private const int MaxLine = 2000; // characters shown of one line

    private readonly string path = $"{layout.ConsoleLogFolder}/guest-{guest}.log";

    /// <summary>Bytes in it now; 0 when there is none.</summary>
    public long Length()
    {
        using var file = Folders.TryOpen(path);
        return file?.Status().st_size ?? 0;
    }

    /// <summary>The last lines; null when there is no log.</summary>
    /// <param name="end">
    /// Where <see cref="Next"/> goes on: behind the last whole line. What stands there without an end yet, such
    /// as a prompt, is among the lines, and comes again when it is whole.
    /// </param>
    public IReadOnlyList<string>? Tail(int lines, out long end)
    {
        using var file = Folders.TryOpen(path);
        end = 0;
        if (file is null)
        {
            return null;
        }

        long size = file.Status().st_size;
        var bytes = ReadFrom(file, Math.Max(0, size - MaxTail), size);
        end = size - (bytes.Length - (bytes.AsSpan().LastIndexOf((byte)'\n') + 1));
        return Lines(bytes, lines);
    }

    /// <summary>The last lines of what came since an offset.</summary>
    public IReadOnlyList<string> Since(long start, int lines)
    {
        using var file = Folders.TryOpen(path);
        if (file is null)
        {
            return [];
        }

        long end = file.Status().st_size;
        return Lines(ReadFrom(file, Math.Max(start, end - MaxTail), end), lines);
    }

    /// <summary>Waits until something stands behind an offset; what a dying guest said last reaches the log a little later.</summary>
    public void WaitPast(long offset, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (Length() <= offset && watch.Elapsed < time)
        {
            Poll.Pause(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Whole lines from an offset on, which moves behind them; starts over when the log was rotated.</summary>
    public IReadOnlyList<string> Next(ref long offset)
    {
        using var file = Folders.TryOpen(path);
        if (file is null)
        {
            return [];
        }

        long end = file.Status().st_size;
        if (end < offset)
        {
            offset = 0;
        }

        var bytes = ReadFrom(file, offset, Math.Min(end, offset + MaxTail));
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && bytes.Length < MaxTail)
        {
            return [];
        }

        bytes = whole == 0 ? bytes : bytes[..whole];
        offset += bytes.Length;
        return Lines(bytes, int.MaxValue);
    }

    private static byte[] ReadFrom(Fd file, long start, long end)
    {
        var bytes = new byte[Math.Max(0, end - start)];
        var filled = 0;
        while (filled < bytes.Length && file.ReadAt(bytes.AsSpan(filled), start + filled) is > 0 and var count)
        {
            filled += count;
        }

        return bytes[..filled];
    }

    private static List<string> Lines(byte[] bytes, int most)
    {
        var text = PrintableText.Of(bytes, keepLines: true).TrimEnd('\n');
        var lines = text.Length == 0 ? [] : text.Split('\n');
        return [.. lines.Skip(Math.Max(0, lines.Length - most)).Select(line => line.Length <= MaxLine ? line : line[..MaxLine] + "…")];
    }
}
