using XenShell.Core.Native;

namespace XenShell.Worker.Archives;

/// <summary>Reads through, and knows how far it has come.</summary>
/// <param name="onRead">Told that each time.</param>
internal sealed class CountingStream(Stream from, Action<long>? onRead = null) : ForwardStream
{
    internal long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = from.Read(buffer);
        Count += count;
        onRead?.Invoke(Count);
        return count;
    }
}
