using System.Diagnostics;
using XenShell.Core.Domains;
using XenShell.Core.Limits;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>A domain that is being made, looked at every few seconds: whose turn it is, and what takes too long.</summary>
/// <param name="policy">Whether it is to be made still, as long as it waits for its turn; null for one that is to be made anyway.</param>
internal sealed class Making(Act act, PolicyWatch? policy)
{
    private readonly Kept kept = new(TimeProvider.System);
    private readonly Stopwatch own = Stopwatch.StartNew();
    private readonly Stopwatch loading = new();
    private readonly Stopwatch ended = new();

    internal DateTimeOffset Began { get; } = DateTimeOffset.UtcNow;

    /// <summary>What the host runs before there is a guest, on what the guest's people have written: pygrub.</summary>
    internal bool HasBootLoader { get; } = HangingLoader.IsOf(act.Guest);

    /// <summary>It waits for another domain to be made, and there is nothing of its own.</summary>
    internal bool IsKept => kept.IsSo;

    /// <summary>Its boot loader took too long.</summary>
    internal bool WasEnded => ended.IsRunning;

    /// <summary>Whoever wanted it made may no longer want that.</summary>
    internal bool IsRevoked { get; private set; }

    /// <param name="pid">What makes it.</param>
    internal bool GoesOn(int pid)
    {
        try
        {
            return Look(pid);
        }
        catch (Exception e) when (e is ToolstackException or IOException)
        {
            return own.Elapsed < Waits.Action; // what cannot be seen just now ends nothing
        }
    }

    private bool Look(int pid)
    {
        if (act.Toolstack.Maker() is { } maker && maker.Pid != pid)
        {
            kept.By(maker.Pid);
            own.Restart();
            if (policy?.PermitsNow() == false)
            {
                IsRevoked = true;
                return false;
            }

            if (HangingLoader.EndAfterItsTime(act, maker))
            {
                kept.NoMore();
                kept.By(maker.Pid);
            }

            return !kept.IsTooLong;
        }

        kept.NoMore();
        if (WasEnded)
        {
            return ended.Elapsed < GateLimits.Cleared;
        }

        if (HasBootLoader)
        {
            EndAfterItsTime(act.States.Now(act.Name));
        }

        return own.Elapsed < Waits.Action;
    }

    private void EndAfterItsTime(Domain? domain)
    {
        if (domain is null || !HangingLoader.IsBefore(domain))
        {
            loading.Reset();
            return;
        }

        loading.Start();
        if (loading.Elapsed > GateLimits.BootLoader)
        {
            ended.Start();
            act.Toolstack.Destroy(domain.Id); // xl clears away what it had attached, and ends by itself
        }
    }
}
