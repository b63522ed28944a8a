using System.Globalization;
using System.Text;

namespace XenShell.Core.Printing;

/// <summary>
/// Makes text of hostile origin (guests' consoles, tools' errors, tenants' words) safe for a terminal
/// and for a log: a list of what is allowed, everything else in caret or hex notation.
/// </summary>
public static class PrintableText
{
    /// <summary>Latin-1 text, as captured from a program, on one line and cut at a length.</summary>
    public static string Line(string latin1, int most)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1.Length > most * 2 ? latin1[..(most * 2)] : latin1);
        return Cut(Of(bytes, keepLines: false).Trim(), most);
    }

    /// <summary>The same of UTF-8 bytes, with the blanks that a line begins with.</summary>
    public static string IndentedLine(ReadOnlySpan<byte> utf8, int most) => Cut(Of(utf8[..Math.Min(utf8.Length, most * 2)], keepLines: false).TrimEnd(), most);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    /// <summary>
    /// UTF-8 bytes as printable text. Allowed: letters, marks, digits, punctuation, symbols and the blank;
    /// a tab becomes blanks; a newline stays where lines are kept and reads "; " elsewhere. A carriage
    /// return before a newline goes.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> bytes, bool keepLines)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done;
            if (valid && IsAllowed(rune))
            {
                text.Append(rune.ToString());
            }
            else if (bytes[0] == '\n')
            {
                text.Append(keepLines ? "\n" : "; ");
            }
            else if (bytes[0] == '\t')
            {
                text.Append("    ");
            }
            else if (bytes[0] < 0x20 || bytes[0] == 0x7F)
            {
                AppendControl(text, bytes);
            }
            else
            {
                foreach (var b in bytes[..consumed])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
                }
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    private static void AppendControl(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != '\r' || (bytes.Length > 1 && bytes[1] != '\n'))
        {
            text.Append('^').Append((char)(bytes[0] ^ 0x40));
        }
    }

    /// <summary>Neither a control nor anything that reorders, hides or has no agreed looks.</summary>
    internal static bool IsAllowed(Rune rune) =>
        rune.Value < 0x7F
            ? rune.Value >= 0x20
            : !IsFiller(rune.Value) && Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // letters by category, and nothing to the eye: Hangul's fillers
    private static bool IsFiller(int value) => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}
