using System.Runtime.InteropServices;
using Terminal.Gui.App;
using XenShell.Core.Native;
using XenShell.Screen.Driver;
using XenShell.Tenant.Sessions;

namespace XenShell.Screen;

/// <summary>
/// All waiting of the screen: called at the start of each round of Terminal.Gui's loop, it returns when
/// a key, a signal, something from the gate or a due moment asks for the round. Idle, nothing runs.
/// </summary>
internal sealed class EventLoop(TerminalInput input, TerminalOutput output, IdleClock idle) : IDisposable
{
    private readonly Wakeup wakeup = new(PosixSignal.SIGHUP, PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP, PosixSignal.SIGWINCH);
    private readonly List<IEventSource> sources = [];
    private readonly Poll poll = new();
    private bool isFirst = true;

    /// <summary>Why the loop wants to end; null while it goes on.</summary>
    internal EndReason? Ended { get; private set; }

    /// <summary>Asks for a round at the latest after so long; null for none.</summary>
    internal Func<TimeSpan?> NextMoment { get; set; } = () => null;

    internal void Add(IEventSource source) => sources.Add(source);

    internal void Remove(IEventSource source) => sources.Remove(source);

    /// <summary>Takes over a child that was told to end.</summary>
    internal void Reap(ChildProcess child) => Add(new EndingChild(child, Remove));

    internal void Wait(IApplication application)
    {
        if (isFirst)
        {
            isFirst = false; // the first frame is drawn before anything is waited for
            return;
        }

        poll.Clear();
        var typed = poll.Add(Fd.Input, reading: true);
        var shows = poll.Add(Fd.Output, reading: false, writing: output.IsBehind);
        var signalled = poll.Add(wakeup.Read, reading: true);
        var places = sources.Select(source => (source, poll.Add(source.Ready, reading: true))).ToList();
        poll.Wait(Timeout(application));
        if (poll.Readable(signalled))
        {
            Heed();
        }

        if (poll.Writable(shows))
        {
            output.Flush();
        }

        foreach (var (source, place) in places)
        {
            if (poll.Readable(place))
            {
                source.Take();
            }
        }

        input.Settle();
        if (poll.Readable(typed))
        {
            idle.Touch();
            if (!input.Take())
            {
                Ended = EndReason.Gone;
            }
        }

        if (idle.IsUp)
        {
            Ended ??= EndReason.Idle;
        }
    }

    private TimeSpan Timeout(IApplication application)
    {
        var left = input.UntilSettled;
        if (application.TimedEvents is TimedEvents timers && timers.CheckTimers(out var milliseconds) && milliseconds >= 0)
        {
            left = Sooner(left, TimeSpan.FromMilliseconds(milliseconds));
        }

        left = Sooner(left, NextMoment());
        var idleLeft = idle.Left;
        left = Sooner(left, idleLeft == System.Threading.Timeout.InfiniteTimeSpan ? null : idleLeft);
        return left is { } time ? (time > TimeSpan.Zero ? time : TimeSpan.Zero) : System.Threading.Timeout.InfiniteTimeSpan;
    }

    internal static TimeSpan? Sooner(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b ?? a : a;

    private void Heed()
    {
        // The others are typed signals, which raw mode turns into keys, or the new size.
        if (wakeup.Take() is PosixSignal.SIGHUP or PosixSignal.SIGTERM)
        {
            Ended = EndReason.Gone;
        }
    }

    public void Dispose() => wakeup.Dispose();
}
