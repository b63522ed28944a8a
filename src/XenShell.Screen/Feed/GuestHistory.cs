using XenShell.Core.Reports;

namespace XenShell.Screen.Feed;

/// <summary>What one guest used lately: rates are differences between two looks, seen from the guest.</summary>
internal sealed class GuestHistory
{
    internal const int Length = 60; // looks, of two seconds each

    private (WatchedGuest Guest, long Tick)? lastState, lastTraffic;

    /// <summary>Per cent of one processor.</summary>
    internal Series Cpu { get; } = new(Length);

    /// <summary>KiB a second, as the three below.</summary>
    internal Series NetIn { get; } = new(Length);

    internal Series NetOut { get; } = new(Length);

    internal Series DiskRead { get; } = new(Length);

    internal Series DiskWritten { get; } = new(Length);

    /// <summary>KiB a second, in and out; -1 when not known.</summary>
    internal double Network => NetIn.Last + NetOut.Last ?? -1;

    internal double Disk => DiskRead.Last + DiskWritten.Last ?? -1;

    /// <summary>A look: a column of the graphs.</summary>
    /// <param name="tick">When the state was taken, in milliseconds; at the same state as before the last rate still holds.</param>
    /// <param name="trafficTick">The same of what the guest moved.</param>
    internal void Add(WatchedGuest now, long tick, long trafficTick)
    {
        if (lastState is { } state)
        {
            // A guest that is off, or was booted anew in between, has used nothing that could be told.
            var seconds = (tick - state.Tick) / 1000.0;
            var share = seconds > 0 ? (now.Guest.CpuSeconds - state.Guest.Guest.CpuSeconds) / seconds * 100 : Cpu.Last;
            Cpu.Add(share >= 0 ? share : null);
        }

        if (lastTraffic is { } traffic)
        {
            var seconds = (trafficTick - traffic.Tick) / 1000.0;
            NetIn.Add(Rate(traffic.Guest.NetIn, now.NetIn, seconds, NetIn));
            NetOut.Add(Rate(traffic.Guest.NetOut, now.NetOut, seconds, NetOut));
            DiskRead.Add(Rate(traffic.Guest.DiskRead, now.DiskRead, seconds, DiskRead));
            DiskWritten.Add(Rate(traffic.Guest.DiskWritten, now.DiskWritten, seconds, DiskWritten));
        }

        lastState = lastState?.Tick == tick ? lastState : (now, tick);
        lastTraffic = lastTraffic?.Tick == trafficTick ? lastTraffic : (now, trafficTick);
    }

    private static double? Rate(long? before, long? now, double seconds, Series series) =>
        seconds <= 0 ? series.Last : now >= before ? (now - before) / seconds : null;
}
