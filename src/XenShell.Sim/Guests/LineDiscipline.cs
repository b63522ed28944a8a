using System.Text;

namespace XenShell.Sim.Guests;

/// <summary>
/// The guest's terminal in its plain mode: echo, erase, kill, ^C. It is part of the guest, as in a real
/// one; the host's PTY stays raw.
/// </summary>
internal sealed class LineDiscipline(Action<string> echo, Action<string> enter)
{
    private const int MaxLine = 4095; // as the kernel's N_TTY

    private const int Typing = 0, AfterEscape = 1, InSequence = 2;

    private readonly StringBuilder line = new();
    private int state;

    public void Type(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            switch (state)
            {
                case AfterEscape:
                    state = b is (byte)'[' or (byte)'O' ? InSequence : Typing;
                    break;
                case InSequence:
                    state = b is >= 0x40 and <= 0x7E ? Typing : InSequence; // cursor keys do nothing here
                    break;
                default:
                    Key(b);
                    break;
            }
        }
    }

    private void Key(byte b)
    {
        switch (b)
        {
            case (byte)'\r' or (byte)'\n':
                echo("\r\n");
                Enter(line.ToString());
                break;
            case 0x7F or 0x08:
                Erase(1);
                break;
            case 0x15: // ^U
                Erase(line.Length);
                break;
            case 0x17: // ^W
                var kept = line.ToString().TrimEnd().LastIndexOf(' ') + 1;
                Erase(line.Length - kept);
                break;
            case 0x03: // ^C
                echo("^C\r\n");
                Enter("");
                break;
            case 0x04 when line.Length == 0: // ^D
                echo("\r\n");
                Enter("exit");
                break;
            case 0x1B:
                state = AfterEscape;
                break;
            case >= 0x20 when line.Length < MaxLine:
                line.Append((char)b);
                echo(((char)b).ToString());
                break;
            default:
                break; // other control characters and what is past the limit
        }
    }

    private void Enter(string text)
    {
        line.Clear();
        enter(text);
    }

    private void Erase(int count)
    {
        count = Math.Min(count, line.Length);
        line.Length -= count;
        echo(string.Concat(Enumerable.Repeat("\b \b", count)));
    }
}
