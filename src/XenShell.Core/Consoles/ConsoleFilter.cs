using System.Buffers;
using System.Text;
using XenShell.Core.Printing;

namespace XenShell.Core.Consoles;

/// <summary>
/// A guest's live output for staff: only what is on the list reaches the reader's terminal. Printable
/// UTF-8, CR, LF, TAB, BS and BEL; cursor movement, erasing, scrolling and colours; the private modes
/// cursor keys, wrap, cursor and alternate screen. Titles, clipboard, status reports and all that makes
/// a terminal answer are swallowed. Works across chunks of any size.
/// </summary>
public sealed class ConsoleFilter
{
    private const int MaxSequence = 64; // longer than any allowed sequence

    // ECMA-48 finals that move, erase, insert, delete, scroll or colour.
    private const string AllowedFinals = "ABCDEFGHJKLMPSTXZ@dfmr`ae";

    // DECCKM, DECAWM, DECTCEM, alternate screen.
    private static readonly string[] AllowedModes = ["1", "7", "25", "1049", "47"];

    private readonly List<byte> held = [];
    private State state;

    private enum State
    {
        Text,
        Escape,
        Sequence,
        Charset,

        /// <summary>Inside OSC, DCS, APC, PM or SOS: swallowed up to its terminator.</summary>
        Swallow,
        SwallowEscape,
    }

    public byte[] Filter(ReadOnlySpan<byte> input)
    {
        var output = new List<byte>(input.Length + 1);
        foreach (var b in input)
        {
            Step(b, output);
        }

        return [.. output];
    }

    private void Step(byte b, List<byte> output)
    {
        // A control in the middle of anything else ends it, as terminals do.
        if (b == 0x1B && state is not (State.Swallow or State.SwallowEscape))
        {
            held.Clear();
            state = State.Escape;
            return;
        }

        switch (state)
        {
            case State.Text:
                Text(b, output);
                break;
            case State.Escape:
                Escape(b, output);
                break;
            case State.Sequence:
                Sequence(b, output);
                break;
            case State.Charset:
                state = State.Text;
                if (b is (byte)'B' or (byte)'0')
                {
                    output.AddRange([0x1B, (byte)'(', b]);
                }

                break;
            case State.Swallow:
                state = b switch { 0x07 or 0x18 or 0x1A => State.Text, 0x1B => State.SwallowEscape, _ => State.Swallow };
                break;
            case State.SwallowEscape:
                state = b == 0x1B ? State.SwallowEscape : b == '\\' ? State.Text : State.Swallow;
                break;
        }
    }

    private void Text(byte b, List<byte> output)
    {
        if (b is (byte)'\r' or (byte)'\n' or (byte)'\t' or 0x08 or 0x07)
        {
            held.Clear();
            output.Add(b);
            return;
        }

        held.Add(b);
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(held);
        switch (Rune.DecodeFromUtf8(bytes, out var rune, out _))
        {
            case OperationStatus.NeedMoreData:
                return;
            case OperationStatus.Done when PrintableText.IsAllowed(rune):
                output.AddRange(bytes);
                break;
        }

        held.Clear();
    }

    private void Escape(byte b, List<byte> output)
    {
        state = State.Text;
        switch ((char)b)
        {
            case '[':
                state = State.Sequence;
                break;
            case ']' or 'P' or '_' or '^' or 'X':
                state = State.Swallow;
                break;
            case '(':
                state = State.Charset;
                break;
            case '7' or '8' or 'M' or 'D' or 'E': // save, restore, and index: no answer, no mode
                output.AddRange([0x1B, b]);
                break;
        }
    }

    private void Sequence(byte b, List<byte> output)
    {
        if (b is >= 0x20 and < 0x40)
        {
            if (held.Count < MaxSequence)
            {
                held.Add(b);
            }

            return;
        }

        var parameters = Encoding.ASCII.GetString([.. held]);
        held.Clear();
        state = State.Text;
        if (IsAllowed(parameters, (char)b))
        {
            output.AddRange([0x1B, (byte)'[', .. Encoding.ASCII.GetBytes(parameters), b]);
        }
    }

    private static bool IsAllowed(string parameters, char final) =>
        parameters.StartsWith('?')
            ? final is 'h' or 'l' && parameters[1..].Split(';').All(mode => AllowedModes.Contains(mode))
            : parameters.Length < MaxSequence
                && AllowedFinals.Contains(final, StringComparison.Ordinal)
                && parameters.All(c => char.IsAsciiDigit(c) || c is ';');
}
