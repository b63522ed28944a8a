namespace XenShell.Screen.Feed;

/// <summary>Cuts a stream of bytes into lines, each as long as need be up to a limit; a longer one is dropped.</summary>
internal sealed class LineAssembler(int limit)
{
    private readonly List<byte> begun = [];
    private bool isTooLong;

    internal void Clear()
    {
        begun.Clear();
        isTooLong = false;
    }

    /// <returns>The lines that are complete now, without their ends.</returns>
    internal IReadOnlyList<byte[]> Take(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<byte[]>();
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Append(bytes[..end]);
            if (!isTooLong)
            {
                lines.Add(begun.ToArray());
            }

            Clear();
            bytes = bytes[(end + 1)..];
        }

        Append(bytes);
        return lines;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        isTooLong |= begun.Count + bytes.Length > limit;
        if (!isTooLong)
        {
            begun.AddRange(bytes);
        }
    }
}
