namespace XenShell.Worker.Archives;

/// <summary>So many bytes of a stream, and others behind them.</summary>
internal sealed class JoinedStream(Stream first, long count, ReadOnlyMemory<byte> then) : Stream
{
    private long left = count;
    private ReadOnlyMemory<byte> rest = then;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="JobException">The stream has fewer bytes: it was cut meanwhile.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (left > 0)
        {
            var got = first.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            left -= got;
            return got > 0 || buffer.IsEmpty ? got : throw new JobException("the image's archive was changed while it was read");
        }

        var some = rest[..Math.Min(rest.Length, buffer.Length)];
        some.Span.CopyTo(buffer);
        rest = rest[some.Length..];
        return some.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
