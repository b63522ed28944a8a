using System.Diagnostics;
using System.Runtime.InteropServices;
using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Consoles;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>
/// console: runs the toolstack's console client on the caller's terminal for as long as the caller has
/// the seat and the right; attaches anew when the guest reboots.
/// </summary>
internal static class ConsoleVerb
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReturnTick = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan ReturnTime = TimeSpan.FromSeconds(30); // between two lives a guest is gone for some seconds

    internal static (ExitCode, string?) Attach(Act act)
    {
        if (!Terminal.IsTerminal(Fd.Input))
        {
            throw Act.Refusal(ExitCode.Usage, "console needs a terminal; try: ssh -t", "no terminal");
        }

        var domain = act.RequireKnownState()!;
        using var seat = ConsoleSeat.Take(act.Layout, act.Name, act.Caller.Account.Name, act.Request.Has("take-over"))
            ?? throw Act.Refusal(ExitCode.Busy, InUse(act), "console in use");
        ThisProcess.Default(Signum.SIGHUP); // was ignored, and the runtime would leave it so
        using var hangUp = new Wakeup(PosixSignal.SIGHUP); // ends this verb: it leaves nothing half done
        Tell($"console of {act.Name}: Ctrl-] opens a menu, twice leaves; Enter wakes it");
        while (true)
        {
            if (Serve(act, seat, hangUp) is { } ended)
            {
                return ended;
            }

            // The client ended: the user left, or the guest went away under it.
            if (act.States.Now(act.Name)?.Id == domain.Id)
            {
                return (ExitCode.Done, "left");
            }

            Tell($"{act.Name} is off; waiting for it to come back, Ctrl-] twice leaves");
            var (next, other) = NextLife(act, domain.Id, seat, hangUp);
            if (next is null)
            {
                return other!.Value;
            }

            domain = next;
            Tell($"{act.Name} has rebooted; attached again");
        }
    }

    /// <returns>Null when the client ended by itself.</returns>
    private static (ExitCode, string?)? Serve(Act act, ConsoleSeat seat, Wakeup hangUp)
    {
        using var client = ChildProcess.Start(act.Toolstack.Console(act.Name) with { Input = Fd.Input, Output = Fd.Output, Error = Fd.Error });
        var policy = new PolicyWatch(act);
        var poll = new Poll();
        while (true)
        {
            poll.Clear();
            var ended = poll.Add(client.Exited, reading: true);
            var bell = poll.Add(seat.Bell, reading: true);
            var gone = poll.Add(hangUp.Read, reading: true);
            var terminal = poll.AddForHangUp(Fd.Input); // one that is not our controlling terminal sends no signal
            poll.Wait(Tick);
            if (poll.Readable(gone) || poll.HungUp(terminal))
            {
                client.Kill();
                return (ExitCode.Done, "the line dropped");
            }

            if (poll.Readable(ended))
            {
                client.Wait(Timeout.InfiniteTimeSpan);
                return null;
            }

            if (poll.Readable(bell))
            {
                client.Kill();
                return GetUp(act, seat);
            }

            if (!policy.StillPermits())
            {
                client.Kill();
                seat.Dispose();
                Tell($"the console of {act.Name} is no longer open to you");
                return (ExitCode.NotAllowed, "revoked while attached");
            }
        }
    }

    /// <summary>Waits for the guest's next life; an end, where something else came first.</summary>
    private static (Domain? Next, (ExitCode, string?)? Ended) NextLife(Act act, int oldId, ConsoleSeat seat, Wakeup hangUp)
    {
        var watch = Stopwatch.StartNew();
        var poll = new Poll();
        while (watch.Elapsed < ReturnTime)
        {
            if (act.States.Of(act.Name) is { State: DomainState.Running or DomainState.Paused } next && next.Id != oldId)
            {
                return (next, null);
            }

            poll.Clear();
            var bell = poll.Add(seat.Bell, reading: true);
            var gone = poll.Add(hangUp.Read, reading: true);
            var terminal = poll.AddForHangUp(Fd.Input);
            poll.Wait(ReturnTick);
            if (poll.Readable(gone) || poll.HungUp(terminal))
            {
                return (null, (ExitCode.Done, "the line dropped"));
            }

            if (poll.Readable(bell))
            {
                return (null, GetUp(act, seat));
            }
        }

        Tell($"{act.Name} stays off; 'boot {act.Name}' starts it");
        return (null, (ExitCode.Done, "the guest went off"));
    }

    // Before anything is said: a terminal that stands still must not keep the seat.
    private static (ExitCode, string?) GetUp(Act act, ConsoleSeat seat)
    {
        var who = seat.ReadBell();
        seat.Dispose();
        Tell($"{who} has taken over the console of {act.Name}");
        return (ExitCode.Busy, $"taken over by {who}");
    }

    private static string InUse(Act act)
    {
        var who = ConsoleSeat.Holder(act.Layout, act.Name) is { } holder
            ? $"by {holder.User} since {Act.Clock(holder.Since)}"
            : "by somebody";
        return $"{act.Name}: the console is in use {who}; 'console {act.Name} --watch' looks on, 'console {act.Name} --take-over' takes it";
    }

    // The terminal may be raw: a carriage return in front and behind.
    private static void Tell(string line) => Output.Quote([$"\r\n[{line}]\r"]);
}
