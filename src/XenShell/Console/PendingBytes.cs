namespace XenShell.Console;

/// <summary>Bytes on their way to a reader that takes them when it likes.</summary>
/// <param name="limit">From here on it is full; one more addition is still taken, so that no caller has to split.</param>
internal sealed class PendingBytes(int limit)
{
    private readonly List<byte> bytes = [];
    private int taken;

    internal bool IsEmpty => Bytes.IsEmpty;

    internal bool IsFull => Bytes.Length >= limit;

    /// <summary>What waits, until the next change.</summary>
    internal ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[taken..];

    internal void Add(ReadOnlySpan<byte> more) => bytes.AddRange(more);

    /// <summary>The reader has taken so many.</summary>
    internal void Drop(int count)
    {
        taken += count;
        if (taken == bytes.Count)
        {
            bytes.Clear();
            taken = 0;
        }
    }
}
