using XenShell.Core.Limits;
using XenShell.Core.Printing;

namespace XenShell.Core.Consoles;

/// <summary>Cuts a guest's words into printable lines as they come, and holds no more of a line than is shown of it.</summary>
internal sealed class ConsoleLines
{
    private const int MaxHeld = Sizes.LogLine * 4; // bytes that these can be made of, in UTF-8

    private readonly byte[] held = new byte[MaxHeld + 1];
    private int count;

    /// <summary>The lines that end in these bytes.</summary>
    internal IEnumerable<string> Take(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Hold(bytes.Span[..end]);
            yield return Line();
            bytes = bytes[(end + 1)..];
        }

        Hold(bytes.Span);
    }

    /// <summary>The line that has no end yet, if there is one.</summary>
    internal IEnumerable<string> Rest() => count > 0 ? [Line()] : [];

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, held.Length - count)];
        bytes.CopyTo(held.AsSpan(count));
        count += bytes.Length;
    }

    private string Line()
    {
        var text = PrintableText.Of(held.AsSpan(0, count), keepLines: true);
        count = 0;
        return text.Length <= Sizes.LogLine ? text : text[..Sizes.LogLine] + "…";
    }
}
