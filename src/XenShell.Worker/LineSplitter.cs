using System.Text;
using XenShell.Core.Native;

namespace XenShell.Worker;

/// <summary>Lines out of what a program says, Latin-1, so that every byte survives; a carriage return ends one as well.</summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    private readonly StringBuilder line = new();

    /// <summary>How many were read.</summary>
    internal long Bytes { get; private set; }

    /// <returns>False at the end.</returns>
    internal bool ReadFrom(Fd words)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = words.Read(buffer);
        Bytes += Math.Max(0, count);
        foreach (var b in count > 0 ? buffer[..count] : [])
        {
            if (b is (byte)'\n' or (byte)'\r')
            {
                End();
            }
            else if (line.Length < WorkerLimits.Line)
            {
                line.Append((char)b);
            }
        }

        return count != 0;
    }

    /// <summary>What stands there without a line's end is a line.</summary>
    internal void End()
    {
        if (line.Length > 0)
        {
            var whole = line.ToString();
            line.Clear();
            onLine(whole);
        }
    }
}
