using XenShell.Core.Native;

namespace XenShell.Worker;

/// <summary>A program's standard input on its way: as much at a time as it takes.</summary>
internal sealed class Feed : IDisposable
{
    private readonly Stream from;
    private readonly byte[] piece = new byte[WorkerLimits.Piece];
    private ReadOnlyMemory<byte> pending;

    internal Feed(Fd to, Stream from)
    {
        to.DoNotWait();
        To = to;
        this.from = from;
    }

    /// <summary>Null when all is passed on, or the program takes no more: then its exit code says why.</summary>
    internal Fd? To { get; private set; }

    internal void PassOn()
    {
        if (pending.IsEmpty)
        {
            pending = piece.AsMemory(0, from.Read(piece));
        }

        try
        {
            if (!pending.IsEmpty)
            {
                pending = pending[Math.Max(0, To!.WriteSome(pending.Span))..];
                return;
            }
        }
        catch (ErrnoException e) when (e.IsGoneReader)
        {
            // it has ended
        }

        Dispose();
    }

    public void Dispose()
    {
        To?.Dispose();
        To = null;
    }
}
