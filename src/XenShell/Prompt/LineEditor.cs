using System.Runtime.InteropServices;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Prompt;

/// <summary>
/// Edits one line on a terminal: a single row that scrolls sideways, so that no terminal's idea of
/// wrapping matters. Speaks plain VT100, never terminfo.
/// </summary>
internal sealed class LineEditor(History history, Func<IReadOnlyList<string>> guests)
{
    private const int ListedCandidates = 100; // arbitrary; a screen's worth

    private readonly LineBuffer line = new();
    private readonly KeyReader keys = new();
    private readonly Queue<byte> typedAhead = new();
    private string kept = "";
    private int historyAt;

    /// <param name="prompt">Asked for again whenever the line is drawn.</param>
    /// <param name="background">Something to wait for beside keys; null for none.</param>
    /// <param name="onBackground">Called when it is readable; then the line is drawn anew.</param>
    /// <returns>Null at the end of the input or when the terminal went away.</returns>
    internal string? Read(Func<string> prompt, Func<Fd?> background, Action onBackground)
    {
        line.Replace("");
        historyAt = history.Count;
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
                poll.Wait(Timeout.InfiniteTimeSpan);
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
        foreach (var b in bytes[..Math.Max(0, count)])
        {
            typedAhead.Enqueue(b);
        }

        return count != 0;
    }

    private Outcome Step((Key Key, char Character) key, string prompt)
    {
        switch (key.Key)
        {
            case Key.Character: line.Insert(key.Character.ToString()); break;
            case Key.Enter:
                Draw(prompt);
                return Outcome.Accept;
            case Key.Interrupt:
                Tell.Raw("^C\r\n");
                line.Replace("");
                historyAt = history.Count;
                break;
            case Key.EndOfFile when line.Text.Length == 0: return Outcome.Leave;
            case Key.EndOfFile or Key.Delete: line.Delete(); break;
            case Key.Backspace: line.Backspace(); break;
            case Key.Left: line.Left(); break;
            case Key.Right: line.Right(); break;
            case Key.Home: line.Home(); break;
            case Key.End: line.End(); break;
            case Key.KillToEnd: line.KillToEnd(); break;
            case Key.KillToStart: line.KillToStart(); break;
            case Key.KillWord: line.KillWord(); break;
            case Key.Up: Recall(-1); break;
            case Key.Down: Recall(+1); break;
            case Key.Tab: Complete(); break;
            case Key.Redraw: Tell.Raw("\x1b[H\x1b[2J"); break;
        }

        return Outcome.GoOn;
    }

    private void Recall(int step)
    {
        var next = historyAt + step;
        if (next < 0 || next > history.Count)
        {
            return;
        }

        kept = historyAt == history.Count ? line.Text : kept;
        historyAt = next;
        line.Replace(next == history.Count ? kept : history[next]);
    }

    private void Complete()
    {
        var candidates = Completer.Candidates(line.BeforeCursor, guests);
        if (candidates.Count == 0)
        {
            Tell.Raw("\a");
            return;
        }

        var typed = line.BeforeCursor.Length - (line.BeforeCursor.LastIndexOf(' ') + 1);
        var prefix = Completer.CommonPrefix(candidates);
        if (prefix.Length > typed || candidates.Count == 1)
        {
            line.Insert(prefix[typed..] + (candidates.Count == 1 && !prefix.EndsWith('=') ? " " : ""));
            return;
        }

        var more = candidates.Count > ListedCandidates ? $"  … {candidates.Count - ListedCandidates} more" : "";
        var columns = Terminal.Size(Fd.Output).Columns - 1;
        Tell.Raw($"\r\n{Wrapped.At(string.Join("  ", candidates.Take(ListedCandidates)) + more, columns).Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n");
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
