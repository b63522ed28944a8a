using XenShell.Core.Commands;
using XenShell.Core.Names;
using XenShell.Tenant.Client;

namespace XenShell.Tenant.Console;

/// <summary>
/// The one-line menu behind Ctrl-]: sifts it out of what the user types. What is pasted, and what a terminal
/// answers, is no key of ours, and nothing counts as an answer that was sent before its question stood there.
/// </summary>
/// <param name="say">Shows text behind what the guest has printed.</param>
/// <param name="now">Milliseconds.</param>
internal sealed class BridgeMenu(GateClient gate, GuestName guest, Action<string> say, Func<long> now)
{
    private const byte Escape = 0x1D; // Ctrl-]
    private const byte SequenceStart = 0x1B; // of a paste, a function key, an answer of the terminal's

    private readonly PasteMarks paste = new();
    private State state;
    private long asked;

    private enum State
    {
        Closed,
        Open,
        ConfirmReboot,
        SysreqKey,

        /// <summary>
        /// A Ctrl-] for the guest waits for the next byte: alone it would make the toolstack's client leave.
        /// </summary>
        HoldsEscape,
    }

    /// <summary>The guest's output waits meanwhile.</summary>
    internal bool IsOpen => state is State.Open or State.ConfirmReboot or State.SysreqKey;

    internal bool WantsToLeave { get; private set; }

    /// <param name="typed">What came in one read.</param>
    /// <returns>What goes to the guest.</returns>
    internal byte[] Sift(ReadOnlySpan<byte> typed)
    {
        var passed = new List<byte>(typed.Length + 1);
        var isAnswer = typed.Length == 1 && now() - asked >= TenantLimits.LeastThought;
        foreach (var b in typed)
        {
            var wasInside = paste.IsInside;
            paste.See(b, now());
            if (wasInside && paste.IsInside)
            {
                if (b != Escape) // the toolstack's client would take it
                {
                    passed.Add(b);
                }

                continue;
            }

            if (b == SequenceStart && IsOpen)
            {
                state = State.Closed;
                say("\r\n");
            }

            Take(b, isAnswer, passed);
            if (WantsToLeave)
            {
                break;
            }
        }

        return [.. passed];
    }

    private void Take(byte b, bool isAnswer, List<byte> passed)
    {
        switch (state)
        {
            case State.Closed when b == Escape:
                state = State.Open;
                say("\r\n[Ctrl-] or d leave | ] send it | r reboot | s sysreq | l redraw | else go on] ");
                break;
            case State.Closed:
                passed.Add(b);
                break;
            case State.HoldsEscape:
                state = State.Closed;
                passed.AddRange([Escape, b]);
                break;
            case State.Open:
                Choose((char)b, passed);
                break;
            case State.ConfirmReboot:
                Close(b);
                if (b is (byte)'y' or (byte)'Y' && IsMeant(isAnswer))
                {
                    Act(new Invocation(KnownCommands.Reboot) { Guest = guest }.With("no-wait"));
                }

                break;
            case State.SysreqKey:
                Close(b);
                if (char.IsAsciiLetterOrDigit((char)b) && IsMeant(isAnswer))
                {
                    Act(new Invocation(KnownCommands.Sysreq) { Guest = guest }.With(Arguments.Key, char.ToLowerInvariant((char)b)));
                }

                break;
        }
    }

    private void Close(byte answer)
    {
        state = State.Closed;
        say($"{(answer is > 0x20 and < 0x7F ? (char)answer : ' ')}\r\n");
    }

    private bool IsMeant(bool isAnswer)
    {
        if (!isAnswer)
        {
            say("[nothing was done: that came too fast for an answer]\r\n");
        }

        return isAnswer;
    }

    private void Choose(char key, List<byte> passed)
    {
        state = State.Closed;
        switch (key)
        {
            case (char)Escape or 'd' or 'q':
                WantsToLeave = true;
                break;
            case ']':
                state = State.HoldsEscape;
                say("\r\n[Ctrl-] goes out with your next key]\r\n");
                break;
            case 'r':
                Ask(State.ConfirmReboot, $"\r\n[reboot {guest}? y/n] ");
                break;
            case 's':
                Ask(State.SysreqKey, "\r\n[sysreq key, such as s, u, b; Enter for none] ");
                break;
            case 'l':
                say("\r\n");
                passed.Add(0x0C); // Ctrl-L: a serial line has no other way to ask for a redraw
                break;
            default:
                say("\r\n");
                break;
        }
    }

    private void Ask(State question, string text)
    {
        state = question;
        asked = now();
        say(text);
    }

    private void Act(Invocation invocation) => say($"[{gate.Capture(invocation)}]\r\n");
}
