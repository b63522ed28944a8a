using System.Diagnostics;
using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>
/// Writes to a descriptor whose other end somebody else holds, and never waits longer than it is told
/// to. poll(2) does not promise that much: a terminal is writable when it has any room at all, and a
/// blocking write waits until everything fits. The descriptor itself stays blocking, as its open file
/// is shared with the caller.
/// </summary>
/// <param name="patience">How long the reader may take nothing.</param>
/// <param name="limit">How long one answer may last in all: a reader that takes a byte now and then ends here.</param>
public sealed unsafe class PatientWriter(Fd fd, TimeSpan patience, TimeSpan limit)
{
    private Fd? unblocked;
    private bool isSocket;

    /// <summary>False once the reader was too slow or is gone; from then on nothing is written.</summary>
    public bool IsHeard { get; private set; } = true;

    public void Write(ReadOnlySpan<byte> bytes) => Write(bytes, Stopwatch.StartNew());

    /// <summary>Writes a piece of an answer.</summary>
    /// <param name="whole">Running since its first piece.</param>
    public void Write(ReadOnlySpan<byte> bytes, Stopwatch whole)
    {
        try
        {
            var target = unblocked ??= Unblock();
            var pause = Stopwatch.StartNew();
            while (!bytes.IsEmpty && IsHeard)
            {
                var left = limit - whole.Elapsed < patience - pause.Elapsed ? limit - whole.Elapsed : patience - pause.Elapsed;
                if (left <= TimeSpan.Zero || !Poll.Wait(target, forWriting: true, left))
                {
                    IsHeard = false;
                    return;
                }

                var count = isSocket ? Send(target, bytes) : target.WriteSome(bytes);
                if (count > 0)
                {
                    bytes = bytes[count..];
                    pause.Restart();
                }
            }
        }
        catch (IOException)
        {
            IsHeard = false; // a closed pipe, a hung-up terminal
        }
    }

    // A regular file never blocks; a socket cannot be opened again, but send(2) takes the wish not to wait.
    // Anything else might wait for ever, and is not written to.
    private Fd Unblock()
    {
        switch (fd.Status().Kind)
        {
            case FileKind.Regular:
                return fd;
            case FileKind.Socket:
                isSocket = true;
                return fd;
            case FileKind.Fifo or FileKind.CharacterDevice:
                return fd.OpenAgain(forWriting: true);
            default:
                throw new IOException("nothing that can be written to without waiting");
        }
    }

    private static int Send(Fd socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var count = Libc.send(socket.Number, start, (nuint)bytes.Length, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
            return count >= 0 ? (int)count
                : Marshal.GetLastPInvokeError() is Libc.EAGAIN or Libc.EINTR ? -1
                : throw ErrnoException.Last("send");
        }
    }
}
