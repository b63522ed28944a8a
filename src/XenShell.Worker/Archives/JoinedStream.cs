using XenShell.Core.Native;

namespace XenShell.Worker.Archives;

/// <summary>So many bytes of a stream, and others behind them.</summary>
internal sealed class JoinedStream(Stream first, long count, ReadOnlyMemory<byte> then) : ForwardStream
{
    private long left = count;
    private ReadOnlyMemory<byte> rest = then;

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
}
