using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Native;

namespace XenShell.Prompt;

/// <summary>Lines from a pipe or a dumb terminal: no editing, bounded, bytes as Latin-1.</summary>
internal sealed class PlainReader
{
    private readonly Queue<byte> ahead = new();

    /// <returns>Null at the end. A line that is too long comes cut, and longer than any command may be.</returns>
    internal string? Read()
    {
        var line = new StringBuilder();
        while (true)
        {
            while (ahead.TryDequeue(out var b))
            {
                if (b == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                if (line.Length <= CommandLine.MaxLength)
                {
                    line.Append((char)b);
                }
            }

            if (!Fill())
            {
                return line.Length > 0 ? line.ToString() : null;
            }
        }
    }

    private bool Fill()
    {
        Span<byte> bytes = stackalloc byte[4096];
        var count = Fd.Input.Read(bytes);
        if (count < 0)
        {
            return Poll.Wait(Fd.Input, forWriting: false, Timeout.InfiniteTimeSpan);
        }

        foreach (var b in bytes[..count])
        {
            ahead.Enqueue(b);
        }

        return count > 0;
    }
}
