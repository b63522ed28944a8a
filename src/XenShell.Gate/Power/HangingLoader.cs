using XenShell.Core.Domains;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Names;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>
/// A boot loader of the host's (pygrub) waits for as long as its guest says, also when that boots again by itself, and with
/// autoballoon xl makes no other domain meanwhile. Whoever waits for that ends it after its time: such a domain has run nothing yet.
/// </summary>
internal static class HangingLoader
{
    /// <summary>What the guest's own file says.</summary>
    internal static bool IsOf(Guest guest) => BootWords.Of(XlConfig.Parse(guest.Bytes, guest.File)).HasLoader;

    /// <summary>Nothing of the domain's own has begun.</summary>
    internal static bool IsBefore(Domain domain) => domain is { State: DomainState.Starting, Memory: 0 };

    /// <param name="maker">Who keeps us from our turn.</param>
    /// <returns>One was ended.</returns>
    internal static bool EndAfterItsTime(Act act, DomainMaker maker)
    {
        if (!maker.Creates)
        {
            return false; // a domain whose memory comes from elsewhere takes its time
        }

        act.States.Forget();
        var isEnded = false;
        foreach (var domain in act.States.Domains().Where(domain => domain.Name != act.Name.Text && IsBefore(domain) && Loads(act, maker, domain)))
        {
            var time = TimeSpan.FromSeconds(Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - FirstSeen.Of(act, domain)));
            var earlier = GuestName.TryParse(domain.Name, out var name) ? LoaderTime.Add(act.Layout, name, (domain.Id, time)) : TimeSpan.Zero;
            var allowed = earlier < GateLimits.LoaderBudget ? GateLimits.BootLoader : GateLimits.SpentBootLoader;
            if (time > allowed)
            {
                act.Report($"{domain.Name}: its boot loader did not come to an end, and other guests waited for it, {allowed.TotalSeconds:0} s, and {earlier.TotalSeconds:0} s before within the hour: domain {domain.Id} is destroyed");
                act.Toolstack.Destroy(domain.Id);
                isEnded = true;
            }
        }

        return isEnded;
    }

    // The guest's file may say otherwise by now than when xl read it, or be gone; it counts where the process does not tell.
    private static bool Loads(Act act, DomainMaker maker, Domain domain) => maker.Loads is { } loaded
        ? domain.Id == loaded
        : GuestName.TryParse(domain.Name, out var name) && act.Policy.Catalog.TryFind(name, out var guest) && IsOf(guest);
}
