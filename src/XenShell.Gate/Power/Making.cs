using System.Diagnostics;
using XenShell.Core.Domains;
using XenShell.Core.GuestFiles;

namespace XenShell.Gate.Power;

/// <summary>A domain that is being made, looked at now and then.</summary>
internal sealed class Making(Act act)
{
    private Stopwatch? loading;

    /// <summary>What the host runs before there is a guest, on what the guest's people have written: pygrub.</summary>
    internal bool HasBootLoader { get; } = XlConfig.Parse(act.Guest.Bytes, act.Guest.File).GetString("bootloader") is { Length: > 0 };

    /// <summary>It waits for another domain to be made, and there is nothing of its own.</summary>
    internal bool IsKept { get; private set; }

    /// <summary>A boot loader that waits for ever, as its guest may tell it to, would keep all others from being made.</summary>
    /// <param name="pid">What makes it.</param>
    internal bool GoesOn(int pid)
    {
        IsKept = act.Toolstack.Maker() is { } maker && maker != pid;
        if (IsKept || !HasBootLoader || !act.TryState(out var domain) || domain is not { State: DomainState.Starting, Memory: 0 })
        {
            loading = null;
            return true;
        }

        loading ??= Stopwatch.StartNew();
        return loading.Elapsed < GateLimits.BootLoader;
    }
}
