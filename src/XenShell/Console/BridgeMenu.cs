using XenShell.Core.Commands;
using XenShell.Core.Guests;

namespace XenShell.Console;

/// <summary>The one-line menu behind Ctrl-]: sifts it out of what the user types.</summary>
internal sealed class BridgeMenu(GateClient gate, GuestName guest)
{
    private const byte Escape = 0x1D; // Ctrl-]

    private State state;

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

    /// <returns>What goes to the guest.</returns>
    internal byte[] Sift(ReadOnlySpan<byte> typed)
    {
        var passed = new List<byte>(typed.Length + 1);
        foreach (var b in typed)
        {
            switch (state)
            {
                case State.Closed when b == Escape:
                    state = State.Open;
                    Tell.Raw("\r\n[Ctrl-] or d leave | ] send it | r reboot | s sysreq | l redraw | else go on] ");
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
                    state = State.Closed;
                    Tell.Raw($"{Shown(b)}\r\n");
                    if (b is (byte)'y' or (byte)'Y')
                    {
                        Act("reboot", null);
                    }

                    break;
                case State.SysreqKey:
                    state = State.Closed;
                    Tell.Raw($"{Shown(b)}\r\n");
                    if (char.IsAsciiLetterOrDigit((char)b))
                    {
                        Act("sysreq", char.ToLowerInvariant((char)b));
                    }

                    break;
            }

            if (WantsToLeave)
            {
                break;
            }
        }

        return [.. passed];
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
                Tell.Raw("\r\n[Ctrl-] goes out with your next key]\r\n");
                break;
            case 'r':
                state = State.ConfirmReboot;
                Tell.Raw($"\r\n[reboot {guest}? y/n] ");
                break;
            case 's':
                state = State.SysreqKey;
                Tell.Raw("\r\n[sysreq key, such as s, u, b; Enter for none] ");
                break;
            case 'l':
                Tell.Raw("\r\n");
                passed.Add(0x0C); // Ctrl-L: a serial line has no other way to ask for a redraw
                break;
            default:
                Tell.Raw("\r\n");
                break;
        }
    }

    private void Act(string name, char? key)
    {
        var options = new Dictionary<string, int?>();
        if (name == "reboot")
        {
            options["no-wait"] = null;
        }

        var answer = gate.Capture(new Invocation(CommandTable.FindVerb(name)!) { Guest = guest, Key = key, Options = options });
        Tell.Raw($"[{answer}]\r\n");
    }

    private static string Shown(byte b) => b is > 0x20 and < 0x7F ? ((char)b).ToString() : "";
}
