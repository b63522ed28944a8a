using System.Diagnostics;
using System.Runtime.InteropServices;
using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Native;
using XenShell.Gate.Power;

namespace XenShell.Gate.Consoles;

/// <summary>
/// Runs the toolstack's console client on the caller's terminal for as long as the caller has the seat
/// and the right; attaches anew when the guest reboots. The client is root's: it never outlives this.
/// </summary>
/// <param name="boot">The boot that this console was opened for; null for a guest that was there already.</param>
internal sealed class ConsoleSession(Act act, ConsoleSeat seat, PolicyWatch policy, BootWatch? boot) : IDisposable
{
    private readonly Wakeup hangUp = TakeHangUp();
    private readonly Poll poll = new();

    private enum Turn
    {
        /// <summary>Time went by.</summary>
        None,
        ClientEnded,
        LineDropped,
        TakenOver,
        Revoked,
    }

    /// <param name="domainId">domid of the life to attach to.</param>
    internal (ExitCode, string?) Run(int domainId)
    {
        Tell($"console of {act.Name}: Ctrl-] opens a menu, twice leaves; Enter wakes it");
        while (true)
        {
            var (turn, exitCode) = Serve();
            var diedInItsWatch = boot is { IsDue: true }; // now, and not when the toolstack has said so
            if (turn != Turn.ClientEnded)
            {
                return End(turn);
            }

            // The user left, or the guest went away under the client: the toolstack's exit code does not tell.
            if (IsStillThere(domainId))
            {
                return exitCode == 0
                    ? (ExitCode.Done, "left")
                    : throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its console could not be attached; somebody on the host itself may be using it, 'console {act.Name} --watch' looks on", $"the console client ended with {exitCode}");
            }

            if (diedInItsWatch)
            {
                throw boot!.Died();
            }

            Tell($"{act.Name} is off; waiting for it to come back, Ctrl-] twice leaves");
            (var next, turn) = NextLife(domainId);
            if (turn != Turn.None)
            {
                return End(turn);
            }

            if (next is not { } id)
            {
                Tell($"{act.Name} stays off; 'boot {act.Name}' starts it");
                return (ExitCode.Done, "the guest went off");
            }

            domainId = id;
            Tell($"{act.Name} has rebooted; attached again");
        }
    }

    // The gate ignores SIGHUP, and the runtime would leave it so. This verb leaves nothing half done.
    private static Wakeup TakeHangUp()
    {
        ThisProcess.Default(Signum.SIGHUP);
        return new Wakeup(PosixSignal.SIGHUP);
    }

    // A domain that is going down has closed its console before it is gone.
    private bool IsStillThere(int domainId) =>
        act.States.Now(act.Name) is { State: DomainState.Running or DomainState.Paused or DomainState.Starting or DomainState.Crashed } domain
        && domain.Id == domainId;

    private (Turn Turn, int ExitCode) Serve()
    {
        using var modes = new SavedModes(act.Input.Standard); // a client that is ended leaves the terminal raw
        using var client = ChildProcess.Start(act.Toolstack.Console(act.Name) with { Input = act.Input.Standard, Output = act.Output.Standard, Error = act.Output.Error });
        try
        {
            Turn turn;
            while ((turn = Await(client.Exited, GateLimits.ConsoleTick)) == Turn.None)
            {
            }

            return (turn, turn == Turn.ClientEnded ? client.Wait(Timeout.InfiniteTimeSpan)!.Value : 0);
        }
        finally
        {
            client.Kill();
        }
    }

    /// <summary>Waits for the guest's next life.</summary>
    /// <returns>Its domid; null when it stays off, or when something else came first.</returns>
    private (int? DomainId, Turn Turn) NextLife(int oldId)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < GateLimits.BetweenLives)
        {
            if (act.TryState(out var domain) && domain is { State: DomainState.Running or DomainState.Paused } && domain.Id != oldId)
            {
                return policy.PermitsNow() ? (domain.Id, Turn.None) : (null, Turn.Revoked);
            }

            if (Await(null, GateLimits.Tick) is not Turn.None and var turn)
            {
                return (null, turn);
            }
        }

        return (null, Turn.None);
    }

    private Turn Await(Fd? client, TimeSpan time)
    {
        poll.Clear();
        var ended = poll.Add(client, reading: true);
        var bell = poll.Add(seat.Bell, reading: true);
        var gone = poll.Add(hangUp.Read, reading: true);
        var terminal = poll.AddForHangUp(act.Input.Standard); // one that is not our controlling terminal sends no signal
        poll.Wait(time);
        return poll.Readable(gone) || poll.HungUp(terminal) ? Turn.LineDropped
            : poll.Readable(ended) ? Turn.ClientEnded
            : poll.Readable(bell) ? Turn.TakenOver
            : policy.StillPermits() ? Turn.None
            : Turn.Revoked;
    }

    // The seat is left before anything is said: a terminal that stands still must not keep it.
    private (ExitCode, string?) End(Turn turn)
    {
        switch (turn)
        {
            case Turn.TakenOver:
                var who = seat.ReadBell();
                seat.Dispose();
                Tell($"{who} has taken over the console of {act.Name}");
                return (ExitCode.Busy, $"taken over by {who}");
            case Turn.Revoked:
                seat.Dispose();
                Tell($"the console of {act.Name} is no longer open to you");
                return (ExitCode.NotAllowed, "revoked while attached");
            default:
                return (ExitCode.Done, "the line dropped");
        }
    }

    // The terminal may be raw: a carriage return in front and behind.
    private void Tell(string line) => act.Output.Quote([$"\r\n[{line}]\r"]);

    public void Dispose() => hangUp.Dispose();
}
