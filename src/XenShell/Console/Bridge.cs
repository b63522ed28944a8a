using System.Runtime.InteropServices;
using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Native;

namespace XenShell.Console;

/// <summary>
/// The console bridge: the gate runs on a PTY of ours, our own terminal is raw, and bytes go both ways.
/// Bounded buffers: nothing is read that cannot be passed on. The terminal is restored on every way out.
/// </summary>
internal sealed class Bridge(GateClient gate, Invocation invocation, ConsoleFilter? filter)
{
    private const int BufferSize = 16384; // a PTY gives 4 kB at most in one read; more does not help
    private static readonly TimeSpan DetachTime = TimeSpan.FromMilliseconds(400);
    private const int DetachTries = 3;

    private readonly byte[] fromGuest = new byte[BufferSize];
    private readonly byte[] fromUser = new byte[BufferSize];
    private ReadOnlyMemory<byte> toUser, toGuest;
    private bool wantsUsGone;

    internal ExitCode Run()
    {
        var guest = invocation.Guest!;
        using var pty = Pty.Open(Terminal.Size(Fd.Input));
        ExitCode code;
        using (var wakeup = new Wakeup(PosixSignal.SIGHUP, PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP, PosixSignal.SIGWINCH))
        using (var child = Start(pty))
        using (new RawMode(Fd.Input))
        {
            code = Pump(pty, wakeup, child, new BridgeMenu(gate, guest));
            Tell.Raw(TerminalReset.Sequence);
        }

        if (wantsUsGone)
        {
            ThisProcess.Raise(Signum.SIGTERM); // the terminal is restored; now do what was asked of us
        }

        Tell.Line(code == ExitCode.Done ? $"\n[left the console of {guest}]" : "");
        return code;
    }

    private ChildProcess Start(Pty pty)
    {
        var arguments = gate.Arguments(invocation);
        using var slave = pty.OpenSlave(); // until the child has it, the master would see a hang-up
        return ChildProcess.Start(new SpawnRequest(arguments[0], arguments, ["PATH=/usr/bin:/bin", "LANG=C"]) { Terminal = pty.SlavePath });
    }

    private ExitCode Pump(Pty pty, Wakeup wakeup, ChildProcess child, BridgeMenu menu)
    {
        var poll = new Poll();
        while (true)
        {
            poll.Clear();
            var user = poll.Add(Fd.Input, reading: toGuest.IsEmpty);
            var screen = poll.Add(Fd.Output, reading: false, writing: !toUser.IsEmpty);
            var guestReads = poll.Add(pty.Master, reading: toUser.IsEmpty && !menu.IsOpen, writing: !toGuest.IsEmpty);
            var signalled = poll.Add(wakeup.Read, reading: true);
            poll.Wait(Timeout.InfiniteTimeSpan);
            if (poll.Readable(signalled) && !Heed(wakeup, pty))
            {
                return Leave(pty, child);
            }

            if (poll.Writable(screen))
            {
                toUser = toUser[Math.Max(0, Fd.Output.WriteSome(toUser.Span))..];
            }

            if (poll.Writable(guestReads) && !toGuest.IsEmpty)
            {
                toGuest = toGuest[Math.Max(0, pty.Master.WriteSome(toGuest.Span))..];
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
            toUser = filter is null ? fromGuest.AsMemory(0, count) : filter.Filter(fromGuest.AsSpan(0, count));
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

        toGuest = menu.Sift(fromUser.AsSpan(0, Math.Max(0, count)));
        return !menu.WantsToLeave;
    }

    // The toolstack's client leaves on Ctrl-] if it comes alone; a busy one may read it together with
    // what was typed before, so it is sent again. One that does not listen is hung up.
    private static ExitCode Leave(Pty pty, ChildProcess child)
    {
        var drain = new byte[BufferSize];
        for (var i = 0; i < DetachTries; i++)
        {
            pty.Master.WriteSome("\x1d"u8);
            var poll = new Poll();
            poll.Add(child.Exited, reading: true);
            var output = poll.Add(pty.Master, reading: true);
            while (poll.Wait(DetachTime))
            {
                if (child.Wait(TimeSpan.Zero) is { } code)
                {
                    return GateClient.ToExitCode(code);
                }

                if (poll.Readable(output) && pty.Master.Read(drain) == 0)
                {
                    return GateClient.ToExitCode(child.Wait(DetachTime) ?? 0);
                }
            }
        }

        pty.Dispose();
        return ExitCode.Done;
    }
}
