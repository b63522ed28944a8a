namespace XenShell.Tenant.Editing;

/// <summary>Turns a terminal's bytes into keys: control characters and the escape sequences of ECMA-48 and VT terminals.</summary>
internal sealed class KeyReader
{
    private const int MaxSequence = 16; // longer than any key; the rest of a hostile one is typed text of no meaning

    private readonly List<byte> sequence = [];

    internal (LineKey Key, char Character) Next(byte b)
    {
        if (sequence.Count > 0)
        {
            return (InSequence(b), '\0');
        }

        switch (b)
        {
            case 0x1B:
                sequence.Add(b);
                return (LineKey.None, '\0');
            case >= 0x20 and <= 0x7E: return (LineKey.Character, (char)b);
            default: return (Control(b), '\0');
        }
    }

    private static LineKey Control(byte b) => b switch
    {
        0x01 => LineKey.Home,
        0x02 => LineKey.Left,
        0x03 => LineKey.Interrupt,
        0x04 => LineKey.EndOfFile,
        0x05 => LineKey.End,
        0x06 => LineKey.Right,
        0x08 or 0x7F => LineKey.Backspace,
        0x09 => LineKey.Tab,
        0x0A or 0x0D => LineKey.Enter,
        0x0B => LineKey.KillToEnd,
        0x0C => LineKey.Redraw,
        0x0E => LineKey.Down,
        0x10 => LineKey.Up,
        0x15 => LineKey.KillToStart,
        0x17 => LineKey.KillWord,
        _ => LineKey.None,
    };

    private LineKey InSequence(byte b)
    {
        sequence.Add(b);
        if (sequence.Count == 2)
        {
            if (b is not ((byte)'[' or (byte)'O'))
            {
                sequence.Clear(); // Alt and a key: nothing here
            }

            return LineKey.None;
        }

        if (b is >= 0x40 and <= 0x7E || sequence.Count > MaxSequence)
        {
            var key = Meaning();
            sequence.Clear();
            return key;
        }

        return LineKey.None;
    }

    private LineKey Meaning() => (sequence.Count, (char)sequence[2], (char)sequence[^1]) switch
    {
        (3, 'A', _) => LineKey.Up,
        (3, 'B', _) => LineKey.Down,
        (3, 'C', _) => LineKey.Right,
        (3, 'D', _) => LineKey.Left,
        (3, 'H', _) => LineKey.Home,
        (3, 'F', _) => LineKey.End,
        (4, '1' or '7', '~') => LineKey.Home,
        (4, '4' or '8', '~') => LineKey.End,
        (4, '3', '~') => LineKey.Delete,
        _ => LineKey.None,
    };
}
