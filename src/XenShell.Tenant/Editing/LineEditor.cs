using System.Runtime.InteropServices;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Editing;

/// <summary>
/// Edits one line on a terminal: a single row that scrolls sideways, so that no terminal's idea of
/// wrapping matters. Speaks plain VT100, never terminfo.
/// </summary>
public sealed class LineEditor(History history, KnownWords known, IdleClock idle)
{
    private readonly EditedLine line = new(history, before => Completer.Candidates(before, known));
    private readonly KeyReader keys = new();
    private readonly Queue<byte> typedAhead = new();

    /// <param name="prompt">Asked for again whenever the line is drawn.</param>
    /// <param name="background">Something to wait for beside keys; null for none.</param>
    /// <param name="onBackground">Called when it is readable; then the line is drawn anew.</param>
    /// <returns>Null at the end of the input, when the terminal went away or nobody types for too long.</returns>
    public string? Read(Func<string> prompt, Func<Fd?> background, Action onBackground)
    {
        line.Begin();
        idle.Touch();
        using var wakeup = new Wakeup(PosixSignal.SIGHUP, PosixSignal.SIGTERM, PosixSignal.SIGWINCH);
        using var raw = new RawMode(Fd.Input);
        Draw(prompt());
        var poll = new Poll();
        while (true)
        {
            if (typedAhead.Count == 0)
            {
                poll.Clear();
                var typed = poll.Add(Fd.Input, reading: true);
                var signalled = poll.Add(wakeup.Read, reading: true);
                var ready = poll.Add(background(), reading: true);
                poll.Wait(idle.Left);
                if (idle.IsUp)
                {
                    Tell.Raw("\r\n");
                    return null;
                }

                if (poll.Readable(signalled) && wakeup.Take() is PosixSignal.SIGHUP or PosixSignal.SIGTERM)
                {
                    return null;
                }

                if (poll.Readable(ready))
                {
                    onBackground();
                }

                if (poll.Readable(typed) && !ReadAhead())
                {
                    return null;
                }
            }

            while (typedAhead.TryDequeue(out var b))
            {
                switch (Step(keys.Next(b), prompt()))
                {
                    case Outcome.Accept:
                        Tell.Raw("\r\n");
                        return line.Text;
                    case Outcome.Leave:
                        Tell.Raw("\r\n");
                        return null;
                }
            }

            Draw(prompt());
        }
    }

    private enum Outcome
    {
        GoOn,
        Accept,
        Leave,
    }

    private bool ReadAhead()
    {
        Span<byte> bytes = stackalloc byte[1024];
        var count = Fd.Input.Read(bytes);
        idle.Touch();
        foreach (var b in bytes[..Math.Max(0, count)])
        {
            typedAhead.Enqueue(b);
        }

        return count != 0;
    }

    private Outcome Step((LineKey Key, char Character) key, string prompt)
    {
        switch (key.Key)
        {
            case LineKey.Enter:
                Draw(prompt);
                return Outcome.Accept;
            case LineKey.Interrupt:
                Tell.Raw("^C\r\n");
                line.Begin();
                break;
            case LineKey.EndOfFile when line.Text.Length == 0: return Outcome.Leave;
            case LineKey.EndOfFile: line.Press(LineKey.Delete); break;
            case LineKey.Tab: Complete(); break;
            case LineKey.Redraw: Tell.Raw("\x1b[H\x1b[2J"); break;
            default: line.Press(key.Key, key.Character); break;
        }

        return Outcome.GoOn;
    }

    private void Complete()
    {
        var candidates = line.Complete();
        if (candidates is null)
        {
            Tell.Raw("\a");
        }
        else if (candidates.Count > 0)
        {
            var more = candidates.Count > TenantLimits.ListedCandidates ? $"  … {candidates.Count - TenantLimits.ListedCandidates} more" : "";
            var columns = Terminal.Size(Fd.Output).Columns - 1;
            Tell.Raw($"\r\n{Wrapped.At(string.Join("  ", candidates.Take(TenantLimits.ListedCandidates)) + more, columns).Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n");
        }
    }

    private void Draw(string prompt)
    {
        // One column stays free: some terminals wrap when the last one is filled.
        var room = Math.Max(8, Terminal.Size(Fd.Output).Columns - prompt.Length - 1);
        var from = Math.Max(0, line.Cursor - room + 1);
        var shown = line.Text.Substring(from, Math.Min(room, line.Text.Length - from));
        var back = shown.Length - (line.Cursor - from);
        Tell.Raw($"\r{prompt}{shown}\x1b[K{(back > 0 ? $"\x1b[{back}D" : "")}");
    }
}
