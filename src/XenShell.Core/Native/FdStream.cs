namespace XenShell.Core.Native;

/// <summary>An open descriptor for what reads a stream; it goes on from where the descriptor stands, and does not close it.</summary>
public sealed class FdStream(Fd fd) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = fd.Read(buffer);
            if (count >= 0)
            {
                return count;
            }

            Poll.Wait(fd, forWriting: false, Timeout.InfiniteTimeSpan);
        }
    }
}
