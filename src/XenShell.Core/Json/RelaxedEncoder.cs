using System.Text.Encodings.Web;

namespace XenShell.Core.Json;

/// <summary>
/// The library's relaxed encoder (' is written as '), asked only where a text has more than plain ASCII in it: its tables take
/// longer to build than a call of the gate takes for all of its judging.
/// </summary>
internal sealed class RelaxedEncoder : JavaScriptEncoder
{
    internal static RelaxedEncoder Instance { get; } = new();

    private static JavaScriptEncoder Library => UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => 6; // of JavaScriptEncoder: \uXXXX

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        foreach (var character in new ReadOnlySpan<char>(text, textLength))
        {
            if (!IsPlain(character))
            {
                return Library.FindFirstCharacterToEncode(text, textLength);
            }
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        foreach (var character in utf8Text)
        {
            if (!IsPlain(character))
            {
                return Library.FindFirstCharacterToEncodeUtf8(utf8Text);
            }
        }

        return -1;
    }

    public override bool WillEncode(int unicodeScalar) => !IsPlain(unicodeScalar) && Library.WillEncode(unicodeScalar);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Library.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    private static bool IsPlain(int character) => character is >= ' ' and <= '~' and not '"' and not '\\';
}
