namespace XenShell.Worker.Archives;

/// <summary>Reads through, and knows how far it has come.</summary>
internal sealed class CountingStream(Stream from, Action<long> onRead) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    internal long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = from.Read(buffer);
        Count += count;
        onRead(Count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
