using System.Runtime.InteropServices;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Consoles;

/// <summary>
/// xenconsole: pumps between the terminal and the guest's PTY until ^] comes alone in one read or the
/// guest goes. Without a terminal on both sides it only shows, as the real one.
/// </summary>
internal sealed class ConsoleClient(DomainStore store, Streams streams)
{
    private const byte Escape = 0x1D; // ^]

    private const int Busy = 11; // EAGAIN: xenconsole ends with the errno

    public int Run(Domain domain)
    {
        using var seat = FileSystem.OpenOrCreate(store.ConsoleLockPath(domain.Id));
        if (!seat.TryLock())
        {
            streams.Complain($"xenconsole: Could not lock /var/lock/xenconsole.{domain.Id}: Resource temporarily unavailable\n");
            return Busy;
        }

        using var tty = Terminal.Open(domain.Tty);
        if (store.Find(domain.Id) is null)
        {
            return 0; // gone since; the path may be somebody else's terminal by now
        }

        var interactive = Terminal.IsTerminal(streams.Input) && Terminal.IsTerminal(streams.Output);
        using var wakeup = new Wakeup(PosixSignal.SIGTERM);
        using var raw = interactive ? new RawMode(streams.Input) : null;
        try
        {
            Pump(tty, interactive, wakeup);
        }
        catch (ErrnoException)
        {
            // The guest went while something was typed, or the reader did: xenconsole ends with 0 all the same.
        }

        return 0;
    }

    private void Pump(Fd tty, bool interactive, Wakeup wakeup)
    {
        var poll = new Poll();
        Span<byte> typed = stackalloc byte[60]; // xenconsole's sizes
        Span<byte> shown = stackalloc byte[512];
        while (true)
        {
            poll.Clear();
            var inputPlace = poll.Add(streams.Input, reading: interactive);
            var ttyPlace = poll.Add(tty, reading: true);
            var signalPlace = poll.Add(wakeup.Read, reading: true);
            poll.Wait(Timeout.InfiniteTimeSpan);
            if (poll.Readable(signalPlace))
            {
                return;
            }

            if (poll.Readable(inputPlace))
            {
                var count = streams.Input.Read(typed);
                if (count == 0 || (count == 1 && typed[0] == Escape))
                {
                    return;
                }

                tty.WriteAll(typed[..Math.Max(0, count)]);
            }

            if (poll.Readable(ttyPlace))
            {
                var count = tty.Read(shown);
                if (count == 0)
                {
                    return;
                }

                streams.Output.WriteAll(shown[..Math.Max(0, count)]);
            }
        }
    }
}
