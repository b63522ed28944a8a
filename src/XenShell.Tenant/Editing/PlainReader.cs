using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Editing;

/// <summary>Lines from a pipe or a dumb terminal: no editing but the terminal's own, bounded, bytes as Latin-1.</summary>
public sealed class PlainReader(IdleClock idle)
{
    private readonly Queue<byte> ahead = new();

    /// <param name="wakeup">Of Ctrl-C, which drops what was typed; null where nobody types.</param>
    /// <returns>Null at the end and when nothing comes for too long; empty after a Ctrl-C. A line that is too long comes cut, and longer than any command may be.</returns>
    public string? Read(Wakeup? wakeup)
    {
        var line = new StringBuilder();
        idle.Touch();
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

            if (IsInterrupted(wakeup))
            {
                wakeup!.Clear();
                Tell.Raw("\n");
                return "";
            }

            if (idle.IsUp)
            {
                return null;
            }

            if (!Fill())
            {
                return line.Length > 0 ? line.ToString() : null;
            }
        }
    }

    /// <summary>Waits for input, Ctrl-C or the end of patience, whichever comes first.</summary>
    private bool IsInterrupted(Wakeup? wakeup)
    {
        var poll = new Poll();
        poll.Add(Fd.Input, reading: true);
        var signalled = poll.Add(wakeup?.Read, reading: true);
        poll.Wait(idle.Left);
        return poll.Readable(signalled);
    }

    private bool Fill()
    {
        Span<byte> bytes = stackalloc byte[4096];
        var count = Fd.Input.Read(bytes);
        idle.Touch();
        foreach (var b in bytes[..Math.Max(0, count)])
        {
            ahead.Enqueue(b);
        }

        return count != 0;
    }
}
