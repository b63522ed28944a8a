using System.Diagnostics;
using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>
/// One open descriptor, closed on exec and on <see cref="Dispose"/>. All errors but EINTR and, where
/// said, EAGAIN are <see cref="ErrnoException"/>.
/// </summary>
public sealed unsafe class Fd : IDisposable
{
    private static readonly TimeSpan LockTick = TimeSpan.FromMilliseconds(10);

    private readonly bool owned;

    internal Fd(int number, bool owned = true)
    {
        Number = number;
        this.owned = owned;
    }

    /// <summary>Descriptors 0, 1 and 2 of this process; disposing them closes nothing.</summary>
    public static Fd Input { get; } = new(0, owned: false);

    public static Fd Output { get; } = new(1, owned: false);

    public static Fd Error { get; } = new(2, owned: false);

    public int Number { get; private set; }

    /// <summary>A descriptor that whoever started us left open for us; all that are opened here are closed on exec.</summary>
    public static Fd? TryInherited(int number) =>
        Libc.fcntl(number, Libc.F_GETFD) is >= 0 and var flags && (flags & Libc.FD_CLOEXEC) == 0 ? new Fd(number, owned: false) : null;

    /// <summary>A pipe, both ends closed on exec.</summary>
    public static (Fd Read, Fd Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) != 0)
        {
            throw ErrnoException.Last("pipe");
        }

        return (new Fd(ends[0]), new Fd(ends[1]));
    }

    /// <returns>Bytes read; 0 at end of file, on a hung-up terminal too; -1 when nothing is there yet.</returns>
    /// <exception cref="ErrnoException">Also EIO of a disk: what could not be read is not the end of a file.</exception>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Libc.read(Number, start, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                var error = Marshal.GetLastPInvokeError();
                switch (error)
                {
                    case Libc.EINTR: continue;
                    case Libc.EAGAIN: return -1;
                    case Libc.EIO when Status().Kind == FileKind.CharacterDevice: return 0; // the other side of a PTY is gone
                    default: throw new ErrnoException("read", error);
                }
            }
        }
    }

    /// <summary>At most <paramref name="limit"/> bytes from here to the end; null when it holds more.</summary>
    public byte[]? ReadAll(int limit)
    {
        // what stat says of /proc's files, and of those that grow, is too little
        var bytes = new byte[Math.Min(Math.Max(Status().Size + 1, 512), limit + 1L)];
        var length = 0;
        int count;
        while ((count = Read(bytes.AsSpan(length))) > 0)
        {
            length += count;
            if (length > limit)
            {
                return null;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(length * 2L, limit + 1L));
            }
        }

        return bytes.AsSpan(0, length).ToArray();
    }

    /// <summary>Reads at an offset, without moving any position.</summary>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            var count = Libc.pread(Number, start, (nuint)buffer.Length, offset);
            return count >= 0 ? (int)count : throw ErrnoException.Last("read");
        }
    }

    /// <summary>Writes everything at an offset.</summary>
    public void WriteAllAt(ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = Libc.pwrite(Number, start + done, (nuint)(bytes.Length - done), offset + done);
                done += count >= 0 ? (int)count : throw ErrnoException.Last("write");
            }
        }
    }

    /// <returns>Bytes written, perhaps fewer than asked for; -1 when the descriptor takes nothing now.</returns>
    public int WriteSome(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var count = Libc.write(Number, start, (nuint)bytes.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.EINTR: continue;
                    case Libc.EAGAIN: return -1;
                    default: throw ErrnoException.Last("write");
                }
            }
        }
    }

    /// <summary>Writes everything; waits as long as the reader takes.</summary>
    public void WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = WriteSome(bytes);
            if (count < 0)
            {
                Poll.Wait(this, forWriting: true, Timeout.InfiniteTimeSpan);
                continue;
            }

            bytes = bytes[count..];
        }
    }

    public FileStatus Status() =>
        Libc.fstat(Number, out var status) == 0 ? new FileStatus(status) : throw ErrnoException.Last("fstat");

    /// <summary>When the file was made, in nanoseconds since 1970; null where its file system does not note that.</summary>
    public long? Born()
    {
        Libc.statx_t status;
        return Libc.statx(Number, "", Libc.AT_EMPTY_PATH, Libc.STATX_BTIME, &status) != 0 ? throw ErrnoException.Last("statx")
            : (status.stx_mask & Libc.STATX_BTIME) != 0 ? (status.stx_btime * 1_000_000_000) + status.stx_btime_nsec
            : null;
    }

    /// <summary>Gives the file the owner, the group and the permissions that another one has.</summary>
    public void TakeAfter(in FileStatus other)
    {
        if (Libc.fchown(Number, other.Owner, other.Group) != 0 || Libc.fchmod(Number, other.Mode & FileStatus.Permissions) != 0)
        {
            throw ErrnoException.Last("change the owner");
        }
    }

    public bool IsRegularFile => Status().IsRegular;

    /// <summary>The file is empty or its last byte ends a line.</summary>
    public bool EndsWithLine()
    {
        Span<byte> last = stackalloc byte[1];
        var length = Status().Size;
        return length == 0 || (ReadAt(last, length - 1) == 1 && last[0] == '\n');
    }

    public void Sync()
    {
        if (Libc.fsync(Number) != 0)
        {
            throw ErrnoException.Last("fsync");
        }
    }

    /// <summary>Makes an empty file so long, with its room on the disk taken where the file system can do that.</summary>
    public void Allocate(long bytes)
    {
        if (Libc.fallocate(Number, 0, 0, bytes) != 0
            && (Marshal.GetLastPInvokeError() != Libc.EOPNOTSUPP || Libc.ftruncate(Number, bytes) != 0))
        {
            throw ErrnoException.Last("allocate");
        }
    }

    /// <summary>Takes blocks behind an offset for the file, which stays as long as it is; where that cannot be had, nothing happens.</summary>
    public void TryReserve(long offset, long bytes) => _ = Libc.fallocate(Number, Libc.FALLOC_FL_KEEP_SIZE, offset, bytes);

    public void Truncate()
    {
        if (Libc.ftruncate(Number, 0) != 0)
        {
            throw ErrnoException.Last("ftruncate");
        }
    }

    /// <summary>
    /// A second open file of the same pipe or terminal, on which nothing waits; the first one is shared with
    /// whoever handed it to us, and keeps its mode. Opening anew is done with our rights: only what could be
    /// read, or written, already.
    /// </summary>
    /// <exception cref="IOException">It was not open that way, or cannot be opened again.</exception>
    public Fd OpenAgain(bool forWriting)
    {
        var access = forWriting ? Libc.O_WRONLY : Libc.O_RDONLY;
        return Libc.fcntl(Number, Libc.F_GETFL) is >= 0 and var flags && (flags & Libc.O_PATH) == 0
            && ((flags & Libc.O_ACCMODE) == access || (flags & Libc.O_ACCMODE) == Libc.O_RDWR)
                ? FileSystem.Open($"/proc/self/fd/{Number}", access | Libc.O_NONBLOCK | Libc.O_NOCTTY)
                : throw new IOException("not open for that");
    }

    /// <summary>Reads what is there now, whatever this is.</summary>
    /// <returns>0 at the end, and where nothing could keep a read from waiting.</returns>
    public int ReadNow(Span<byte> buffer)
    {
        switch (Status().Kind)
        {
            case FileKind.Regular:
                return Math.Max(0, Read(buffer));
            case FileKind.Socket:
                fixed (byte* start = buffer)
                {
                    var count = Libc.recv(Number, start, (nuint)buffer.Length, Libc.MSG_DONTWAIT);
                    return count >= 0 ? (int)count : Marshal.GetLastPInvokeError() is Libc.EAGAIN or Libc.EINTR ? -1 : 0;
                }

            case FileKind.Fifo or FileKind.CharacterDevice:
                using (var again = OpenAgain(forWriting: false))
                {
                    return again.Read(buffer);
                }

            default:
                return 0;
        }
    }

    /// <summary>Reads and writes return -1 from now on where they would wait; every copy of this descriptor is affected.</summary>
    public void DoNotWait()
    {
        if (Syscall.fcntl(Number, FcntlCommand.F_SETFL, Libc.O_NONBLOCK) != 0)
        {
            throw ErrnoException.Last("fcntl");
        }
    }

    /// <summary>Takes the exclusive flock if nobody has it.</summary>
    public bool TryLock() => Lock(Libc.LOCK_EX | Libc.LOCK_NB);

    /// <summary>Takes the exclusive flock; false when others held it all that time.</summary>
    public bool TryLock(TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (!TryLock())
        {
            if (watch.Elapsed > within)
            {
                return false;
            }

            Poll.Pause(LockTick); // flock(2) has no time-out
        }

        return true;
    }

    /// <summary>Takes a shared flock if nobody has the exclusive one: a probe that disturbs no other probe.</summary>
    public bool TryShareLock() => Lock(Libc.LOCK_SH | Libc.LOCK_NB);

    /// <summary>Takes the exclusive flock; waits as long as others hold it.</summary>
    public void Lock() => Lock(Libc.LOCK_EX);

    /// <summary>The process that has a record lock on the file (fcntl(2), which is not <see cref="Lock()"/>'s); null when nobody has.</summary>
    public int? RecordLockHolder()
    {
        var request = new Libc.flock_t { l_type = Libc.F_WRLCK };
        return Libc.fcntl(Number, Libc.F_GETLK, &request) != 0 ? throw ErrnoException.Last("fcntl")
            : request.l_type == Libc.F_UNLCK ? null : request.l_pid;
    }

    private bool Lock(int operation)
    {
        while (Libc.flock(Number, operation) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EINTR: continue;
                case Libc.EAGAIN: return false;
                default: throw ErrnoException.Last("flock");
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (owned && Number >= 0)
        {
            _ = Libc.close(Number); // close errors ignored on purpose: what must last was fsynced
            Number = -1;
        }
    }
}
