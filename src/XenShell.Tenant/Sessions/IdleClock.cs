using System.Diagnostics;

namespace XenShell.Tenant.Sessions;

/// <summary>How long nobody has touched a key, against idle_timeout; with none, time is never up.</summary>
public sealed class IdleClock(TimeSpan? limit)
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    public bool IsUp => since.Elapsed >= limit;

    /// <summary>How long it has been.</summary>
    public TimeSpan Elapsed => since.Elapsed;

    /// <summary>How long a wait may last; infinite without a limit.</summary>
    public TimeSpan Left => limit - since.Elapsed is not { } left ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What to say when time is up.</summary>
    public string Farewell => $"logged out: no key for {limit?.TotalSeconds:0} s";

    /// <summary>Somebody is there.</summary>
    public void Touch() => since.Restart();
}
