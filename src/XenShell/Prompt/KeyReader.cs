namespace XenShell.Prompt;

/// <summary>Turns a terminal's bytes into keys: control characters and the escape sequences of ECMA-48 and VT terminals.</summary>
internal sealed class KeyReader
{
    private const int MaxSequence = 16; // longer than any key; the rest of a hostile one is typed text of no meaning

    private readonly List<byte> sequence = [];

    internal (Key Key, char Character) Next(byte b)
    {
        if (sequence.Count > 0)
        {
            return (InSequence(b), '\0');
        }

        switch (b)
        {
            case 0x1B:
                sequence.Add(b);
                return (Key.None, '\0');
            case >= 0x20 and <= 0x7E: return (Key.Character, (char)b);
            default: return (Control(b), '\0');
        }
    }

    private static Key Control(byte b) => b switch
    {
        0x01 => Key.Home,
        0x02 => Key.Left,
        0x03 => Key.Interrupt,
        0x04 => Key.EndOfFile,
        0x05 => Key.End,
        0x06 => Key.Right,
        0x08 or 0x7F => Key.Backspace,
        0x09 => Key.Tab,
        0x0A or 0x0D => Key.Enter,
        0x0B => Key.KillToEnd,
        0x0C => Key.Redraw,
        0x0E => Key.Down,
        0x10 => Key.Up,
        0x15 => Key.KillToStart,
        0x17 => Key.KillWord,
        _ => Key.None,
    };

    private Key InSequence(byte b)
    {
        sequence.Add(b);
        if (sequence.Count == 2)
        {
            if (b is not ((byte)'[' or (byte)'O'))
            {
                sequence.Clear(); // Alt and a key: nothing here
            }

            return Key.None;
        }

        if (b is >= 0x40 and <= 0x7E || sequence.Count > MaxSequence)
        {
            var key = Meaning();
            sequence.Clear();
            return key;
        }

        return Key.None;
    }

    private Key Meaning() => (sequence.Count, (char)sequence[2], (char)sequence[^1]) switch
    {
        (3, 'A', _) => Key.Up,
        (3, 'B', _) => Key.Down,
        (3, 'C', _) => Key.Right,
        (3, 'D', _) => Key.Left,
        (3, 'H', _) => Key.Home,
        (3, 'F', _) => Key.End,
        (4, '1' or '7', '~') => Key.Home,
        (4, '4' or '8', '~') => Key.End,
        (4, '3', '~') => Key.Delete,
        _ => Key.None,
    };
}
