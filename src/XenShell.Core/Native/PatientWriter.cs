using System.Diagnostics;
using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>
/// Writes to a descriptor whose other end somebody else holds, and never waits longer than it is told
/// to. poll(2) does not promise that much: a terminal is writable when it has any room at all, and a
/// blocking write waits until everything fits. The descriptor itself stays blocking, as its open file
/// is shared with the caller.
/// </summary>
/// <param name="patience">How long the reader may take nothing.</param>
/// <param name="limit">How long one write may last in all: a reader that takes a byte now and then ends here.</param>
public sealed unsafe class PatientWriter(Fd fd, TimeSpan patience, TimeSpan limit)
{
    private Fd? unblocked;
    private bool isSocket;

    /// <summary>False once the reader was too slow or is gone; from then on nothing is written.</summary>
    public bool IsHeard { get; private set; } = true;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var target = unblocked ??= Unblock();
            var (whole, pause) = (Stopwatch.StartNew(), Stopwatch.StartNew());
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

    // A second open file of the same pipe or terminal may have a mode of its own. A regular file never
    // blocks; a socket cannot be opened again, but send(2) takes the wish not to wait.
    private Fd Unblock()
    {
        switch (fd.Status().st_mode & FilePermissions.S_IFMT)
        {
            case FilePermissions.S_IFSOCK:
                isSocket = true;
                return fd;
            case FilePermissions.S_IFIFO or FilePermissions.S_IFCHR when IsOpenForWriting():
                return Reopen();
            default:
                return fd;
        }
    }

    // Opening anew is done with our rights, not the caller's: only what the caller could write already.
    private bool IsOpenForWriting() =>
        Libc.fcntl(fd.Number, Libc.F_GETFL) is >= 0 and var flags
        && (flags & Libc.O_PATH) == 0
        && (flags & Libc.O_ACCMODE) != Libc.O_RDONLY;

    // What cannot be opened again (/dev/tty without a terminal of one's own, a pipe without a reader) is not
    // written to: on the caller's own open file nothing could keep a write from waiting for ever.
    private Fd Reopen() => Files.Folders.Open($"/proc/self/fd/{fd.Number}", Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY);

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
