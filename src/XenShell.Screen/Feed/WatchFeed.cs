using XenShell.Core;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Reports;
using XenShell.Tenant.Client;

namespace XenShell.Screen.Feed;

/// <summary>
/// The gate's watch, one process a session: a line of JSON at each look. It is started anew when it
/// ends by itself, and put away while the terminal is lent out.
/// </summary>
/// <param name="reap">Takes over the gate's process when it has been told to end.</param>
internal sealed class WatchFeed(GateClient gate, Action<ChildProcess> reap) : IEventSource, IDisposable
{
    private readonly LineAssembler lines = new(Sizes.Document);
    private readonly byte[] chunk = new byte[16384];
    private GateWatch? watch;
    private long retryAt;
    private int failures;

    /// <summary>Called with each look.</summary>
    internal Action<WatchReport> Reported { get; set; } = _ => { };

    /// <summary>Called when there will be no looks for a while.</summary>
    internal Action<ExitCode> Lost { get; set; } = _ => { };

    public Fd? Ready => watch?.Output;

    /// <summary>When a round is needed to start anew; null while all is well.</summary>
    internal TimeSpan? NextMoment =>
        watch is null ? TimeSpan.FromMilliseconds(Math.Max(0, retryAt - Environment.TickCount64)) : null;

    internal void Start()
    {
        lines.Clear();
        watch ??= gate.StartWatch();
    }

    /// <summary>Starts anew if it is time to.</summary>
    internal void Tend()
    {
        if (watch is null && Environment.TickCount64 >= retryAt)
        {
            Start();
        }
    }

    /// <summary>Asks for a look at once: something was done.</summary>
    internal void Poke() => watch?.Poke();

    internal void Stop()
    {
        if (watch is not null)
        {
            reap(watch.Leave());
            watch = null;
        }
    }

    public void Take()
    {
        var count = watch!.Output.Read(chunk);
        if (count <= 0)
        {
            var code = watch.Finish();
            Stop();
            retryAt = Environment.TickCount64 + Math.Min((long)ScreenLimits.FirstRetry << Math.Min(failures++, 10), ScreenLimits.LastRetry);
            Lost(code);
            return;
        }

        foreach (var line in lines.Take(chunk.AsSpan(0, count)))
        {
            failures = 0;
            Reported(WatchReport.Parse(line));
        }
    }

    public void Dispose() => Stop();
}
