using System.Globalization;
using System.Text;
using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Sim.Consoles;

/// <summary>"guest-NAME.log" as "xenconsoled --log=guest --timestamp=all" writes it: every line begins with "[2026-11-22 22:27:16] ".</summary>
internal sealed class ConsoleLogWriter(HostLayout layout, string guest) : IDisposable
{
    private const uint ReadableByAll = 0x1A4; // 0644, as xenconsoled

    private Fd? file;
    private bool atLineStart = true;

    /// <summary>Opens the log when there is something to write: a create that fails leaves no trace in it.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (guest.Contains('/', StringComparison.Ordinal))
        {
            return; // would be a path
        }

        if (file is null)
        {
            Folders.Create(layout.ConsoleLogFolder, 0x1ED);
            file = FileSystem.OpenToAppend($"{layout.ConsoleLogFolder}/guest-{guest}.log", ReadableByAll);
            Write("Logfile Opened\n"u8);
        }

        file.WriteAll(Stamped(bytes, DateTime.Now, ref atLineStart));
    }

    /// <summary>The bytes with a stamp before each first byte of a line.</summary>
    public static byte[] Stamped(ReadOnlySpan<byte> bytes, DateTime now, ref bool atLineStart)
    {
        var stamp = Encoding.ASCII.GetBytes(now.ToString("'['yyyy-MM-dd HH:mm:ss'] '", CultureInfo.InvariantCulture));
        var stamped = new MemoryStream(bytes.Length + stamp.Length);
        while (!bytes.IsEmpty)
        {
            var newLine = bytes.IndexOf((byte)'\n');
            var length = newLine < 0 ? bytes.Length : newLine + 1;
            if (atLineStart)
            {
                stamped.Write(stamp);
            }

            stamped.Write(bytes[..length]);
            atLineStart = newLine >= 0;
            bytes = bytes[length..];
        }

        return stamped.ToArray();
    }

    public void Dispose() => file?.Dispose();
}
