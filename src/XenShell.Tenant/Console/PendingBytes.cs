namespace XenShell.Tenant.Console;

/// <summary>
/// Bytes on their way to a reader that takes them when it likes. What it has taken goes: a reader that is
/// always a little behind would otherwise keep all that ever came.
/// </summary>
/// <param name="limit">From here on it is full; one more addition is still taken, so that no caller has to split.</param>
public sealed class PendingBytes(int limit)
{
    private readonly List<byte> bytes = [];
    private int taken;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Capacity => bytes.Capacity;

    public bool IsEmpty => Bytes.IsEmpty;

    public bool IsFull => Bytes.Length >= limit;

    /// <summary>What waits, until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[taken..];

    public void Add(ReadOnlySpan<byte> more) => bytes.AddRange(more);

    /// <summary>The reader has taken so many.</summary>
    public void Drop(int count)
    {
        taken += count;
        if (taken * 2 >= bytes.Count) // moving the rest costs no more than was taken
        {
            bytes.RemoveRange(0, taken);
            taken = 0;
        }
    }
}
