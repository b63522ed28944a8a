using System.Diagnostics;
using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>
/// A set of descriptors to wait for; filled anew before each <see cref="Wait(TimeSpan)"/>. One place
/// for all waiting: the programs have one thread and sleep nowhere else.
/// </summary>
public sealed unsafe class Poll
{
    private Libc.pollfd[] set = new Libc.pollfd[8];
    private int count;

    public void Clear() => count = 0;

    /// <summary>Adds a descriptor; null, or wanting neither direction, watches nothing and is never ready.</summary>
    /// <returns>The place to ask <see cref="Readable"/> and <see cref="Writable"/> for.</returns>
    public int Add(Fd? fd, bool reading, bool writing = false) => Place(new Libc.pollfd
    {
        fd = reading || writing ? fd?.Number ?? -1 : -1,
        events = (short)((reading ? Libc.POLLIN : 0) | (writing ? Libc.POLLOUT : 0)),
    });

    /// <summary>Adds a descriptor of which only the hang-up matters: poll(2) tells that unasked.</summary>
    public int AddForHangUp(Fd fd) => Place(new Libc.pollfd { fd = fd.Number });

    private int Place(Libc.pollfd wanted)
    {
        if (count == set.Length)
        {
            Array.Resize(ref set, count * 2);
        }

        set[count] = wanted;
        return count++;
    }

    /// <returns>False when the time ran out. A negative time-out waits for ever.</returns>
    public bool Wait(TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var left = timeout < TimeSpan.Zero
                ? -1
                : (int)Math.Clamp(Math.Ceiling((timeout - watch.Elapsed).TotalMilliseconds), 0, int.MaxValue);
            int ready;
            fixed (Libc.pollfd* start = set)
            {
                ready = Libc.poll(start, (nuint)count, left);
            }

            if (ready >= 0)
            {
                return ready > 0;
            }

            if (Marshal.GetLastPInvokeError() != Libc.EINTR)
            {
                throw ErrnoException.Last("poll");
            }
        }
    }

    /// <summary>Bytes, an end of file or an error wait at this place: a read will not block.</summary>
    public bool Readable(int place) => (set[place].revents & (Libc.POLLIN | Libc.POLLHUP | Libc.POLLERR)) != 0;

    public bool Writable(int place) => (set[place].revents & (Libc.POLLOUT | Libc.POLLHUP | Libc.POLLERR)) != 0;

    /// <summary>The other side is gone.</summary>
    public bool HungUp(int place) => (set[place].revents & (Libc.POLLHUP | Libc.POLLERR)) != 0;

    public static bool Wait(Fd fd, bool forWriting, TimeSpan timeout)
    {
        var poll = new Poll();
        poll.Add(fd, reading: !forWriting, writing: forWriting);
        return poll.Wait(timeout);
    }

    /// <summary>Lets time pass where the kernel offers no event (polling a toolstack).</summary>
    public static void Pause(TimeSpan time) => new Poll().Wait(time);
}
