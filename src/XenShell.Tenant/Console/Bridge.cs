using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Native;
using XenShell.Tenant.Client;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Console;

/// <summary>
/// The console bridge: the gate runs on a PTY of ours, our own terminal is raw, and bytes go both ways.
/// Bounded buffers: nothing is read that cannot be passed on, and no write waits. The one towards the guest is large, so that
/// Ctrl-] is heard behind a paste that the guest does not take. The terminal is restored on every way out.
/// </summary>
internal sealed class Bridge(GateClient gate, Invocation invocation, ConsoleFilter? filter, IdleClock idle)
{
    private const int BufferSize = 16384; // a PTY gives 4 kB at most in one read; more does not help

    private readonly byte[] fromGuest = new byte[BufferSize];
    private readonly byte[] fromUser = new byte[BufferSize];
    private readonly TerminalWriter screen = new(Fd.Output);
    private readonly PendingBytes toGuest = new(limit: 1 << 20);
    private readonly PendingBytes toUser = new(limit: 1 << 16);
    private bool wantsUsGone;

    internal ExitCode Run()
    {
        var guest = invocation.Guest!;
        idle.Touch();
        using var pty = Pty.Open(Terminal.Size(Fd.Input));
        pty.Master.DoNotWait(); // a guest that echoes a paste fills its side while we fill ours
        ExitCode code;
        using (var wakeup = new Wakeup(PosixSignal.SIGHUP, PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP, PosixSignal.SIGWINCH))
        using (var child = gate.StartOn(pty, invocation))
        using (new RawMode(Fd.Input))
        {
            code = Pump(pty, wakeup, child, new BridgeMenu(gate, guest, text => toUser.Add(Encoding.UTF8.GetBytes(text)), () => Environment.TickCount64));
            Tell.Raw(TerminalReset.Sequence);
        }

        if (wantsUsGone)
        {
            ThisProcess.Raise(Signum.SIGTERM); // the terminal is restored; now do what was asked of us
        }

        Tell.Line(code == ExitCode.Done ? $"\n[left the console of {guest}{(idle.IsUp ? ": no key for too long" : "")}]" : "");
        return code;
    }

    private ExitCode Pump(Pty pty, Wakeup wakeup, ChildProcess child, BridgeMenu menu)
    {
        var poll = new Poll();
        while (true)
        {
            poll.Clear();
            var user = poll.Add(Fd.Input, reading: !toGuest.IsFull);
            var shows = poll.Add(Fd.Output, reading: false, writing: !toUser.IsEmpty);
            var guestReads = poll.Add(pty.Master, reading: toUser.IsEmpty && !menu.IsOpen, writing: !toGuest.IsEmpty);
            var signalled = poll.Add(wakeup.Read, reading: true);
            poll.Wait(idle.Left);
            if (idle.IsUp)
            {
                return Leave(pty, child);
            }

            if (poll.Readable(signalled) && !Heed(wakeup, pty))
            {
                return Leave(pty, child);
            }

            if (poll.Writable(shows) && !toUser.IsEmpty)
            {
                if (TryShow() is not { } shown)
                {
                    return Leave(pty, child);
                }

                toUser.Drop(shown);
            }

            // What the gate said last is still to be read when the other side has closed: the end is seen there.
            if (poll.Writable(guestReads) && !toGuest.IsEmpty)
            {
                toGuest.Drop(TryWrite(pty.Master, toGuest.Bytes) ?? toGuest.Bytes.Length);
            }

            if (poll.Readable(guestReads) && toUser.IsEmpty && !menu.IsOpen && !TakeFromGuest(pty))
            {
                return GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan));
            }

            if (poll.Readable(user) && !TakeFromUser(menu))
            {
                return Leave(pty, child);
            }
        }
    }

    /// <returns>False when the user's terminal is gone or we are told to end.</returns>
    private bool Heed(Wakeup wakeup, Pty pty)
    {
        switch (wakeup.Take())
        {
            case PosixSignal.SIGWINCH:
                pty.Resize(Terminal.Size(Fd.Input));
                return true;
            case PosixSignal.SIGTERM:
                wantsUsGone = true;
                return false;
            case PosixSignal.SIGHUP:
                return false;
            default:
                return true; // typed signals belong to the guest, and raw mode sends them there
        }
    }

    private bool TakeFromGuest(Pty pty)
    {
        var count = pty.Master.Read(fromGuest);
        if (count > 0)
        {
            toUser.Add(filter is null ? fromGuest.AsSpan(0, count) : filter.Filter(fromGuest.AsSpan(0, count)));
        }

        return count != 0;
    }

    /// <returns>False when the user wants to leave, or is gone.</returns>
    private bool TakeFromUser(BridgeMenu menu)
    {
        var count = Fd.Input.Read(fromUser);
        if (count == 0)
        {
            return false;
        }

        idle.Touch();
        toGuest.Add(menu.Sift(fromUser.AsSpan(0, Math.Max(0, count))));
        return !menu.WantsToLeave;
    }

    /// <returns>Bytes shown; null when the terminal is gone.</returns>
    private int? TryShow()
    {
        try
        {
            return screen.WriteSome(toUser.Bytes);
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    /// <returns>Bytes written; null when the other side is gone.</returns>
    private static int? TryWrite(Fd to, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Math.Max(0, to.WriteSome(bytes));
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    // The toolstack's client leaves on Ctrl-] if it comes alone; a busy one may read it together with
    // what was typed before, so it is sent again. One that does not listen is hung up.
    private static ExitCode Leave(Pty pty, ChildProcess child)
    {
        var drain = new byte[BufferSize];
        for (var i = 0; i < TenantLimits.DetachTries; i++)
        {
            TryWrite(pty.Master, "\x1d"u8);
            var poll = new Poll();
            poll.Add(child.Exited, reading: true);
            var output = poll.Add(pty.Master, reading: true);
            var watch = Stopwatch.StartNew(); // a guest that never stops talking must not keep us
            while (TenantLimits.Detach - watch.Elapsed is { Ticks: > 0 } left && poll.Wait(left))
            {
                if (child.Wait(TimeSpan.Zero) is { } code)
                {
                    return GateClient.ToExitCode(code);
                }

                if (poll.Readable(output) && pty.Master.Read(drain) == 0)
                {
                    return GateClient.ToExitCode(child.Wait(TenantLimits.Detach) ?? 0);
                }
            }
        }

        pty.Dispose();
        return ExitCode.Done;
    }
}
