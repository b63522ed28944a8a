using System.Buffers;
using System.Text;
using XenShell.Core.Printing;

namespace XenShell.Core.Consoles;

/// <summary>
/// A guest's live output for staff: only what is on the list reaches the reader's terminal. Printable
/// UTF-8, CR, LF, TAB, BS and BEL; cursor movement, erasing, scrolling and colours; line drawing; the private
/// modes cursor keys, wrap, cursor and alternate screen. Titles, clipboard, status reports and all that makes
/// a terminal answer are swallowed. Works across chunks of any size.
/// </summary>
public sealed class ConsoleFilter
{
    private readonly Listed listed = new();

    public byte[] Filter(ReadOnlySpan<byte> input)
    {
        listed.Feed(input);
        return listed.Take();
    }

    private sealed class Listed : TerminalParser
    {
        // ECMA-48 finals that move, erase, insert, delete, scroll or colour.
        private const string AllowedFinals = "ABCDEFGHJKLMPSTXZ@dfmr`ae";

        // DECCKM, DECAWM, DECTCEM, alternate screen.
        private static readonly string[] AllowedModes = ["1", "7", "25", "1049", "47"];

        private readonly List<byte> output = [];
        private readonly List<byte> character = []; // of which more bytes are to come

        internal byte[] Take()
        {
            byte[] taken = [.. output];
            output.Clear();
            return taken;
        }

        protected override void Print(byte b)
        {
            character.Add(b);
            var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(character);
            switch (Rune.DecodeFromUtf8(bytes, out var rune, out _))
            {
                case OperationStatus.NeedMoreData:
                    return;
                case OperationStatus.Done when PrintableText.IsAllowed(rune):
                    output.AddRange(bytes);
                    break;
            }

            character.Clear();
        }

        protected override void Execute(byte b)
        {
            character.Clear();
            if (b is (byte)'\r' or (byte)'\n' or (byte)'\t' or 0x08 or 0x07 or 0x0E or 0x0F) // the last two shift between the sets below
            {
                output.Add(b);
            }
        }

        protected override void DispatchEscape(ReadOnlySpan<byte> intermediates, char final)
        {
            character.Clear();
            var isAllowed = intermediates switch
            {
                [] => final is '7' or '8' or 'M' or 'D' or 'E', // save, restore, and index: no answer, no mode
                [(byte)'(' or (byte)')'] => final is 'B' or '0', // ASCII and line drawing as the first and second set
                _ => false,
            };
            if (isAllowed)
            {
                output.AddRange([0x1B, .. intermediates, (byte)final]);
            }
        }

        protected override void DispatchControl(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> intermediates, char final)
        {
            character.Clear();
            if (intermediates.IsEmpty && IsAllowed(Encoding.ASCII.GetString(parameters), final))
            {
                output.AddRange([0x1B, (byte)'[', .. parameters, (byte)final]);
            }
        }

        private static bool IsAllowed(string parameters, char final) =>
            parameters.StartsWith('?')
                ? final is 'h' or 'l' && parameters[1..].Split(';').All(mode => AllowedModes.Contains(mode))
                : AllowedFinals.Contains(final, StringComparison.Ordinal) && parameters.All(c => char.IsAsciiDigit(c) || c is ';');
    }
}
