using System.Diagnostics;

namespace XenShell;

/// <summary>How long nobody has touched a key, against idle_timeout; with none, time is never up.</summary>
internal sealed class IdleClock(TimeSpan? limit)
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    internal bool IsUp => since.Elapsed >= limit;

    /// <summary>How long it has been.</summary>
    internal TimeSpan Elapsed => since.Elapsed;

    /// <summary>How long a wait may last; infinite without a limit.</summary>
    internal TimeSpan Left => limit - since.Elapsed is not { } left ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What to say when time is up.</summary>
    internal string Farewell => $"logged out: no key for {limit?.TotalSeconds:0} s";

    /// <summary>Somebody is there.</summary>
    internal void Touch() => since.Restart();
}
