using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Judgement;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// Policy for a verb that only looks, and lasts: asked every few seconds, read anew when one of its files
/// has changed, and every minute anyway. Account and group membership are asked anew each time.
/// </summary>
internal sealed class LastingPolicy(HostLayout layout, Caller caller, Policy policy)
{
    private readonly Stopwatch sinceLook = Stopwatch.StartNew();
    private readonly Stopwatch sinceReading = Stopwatch.StartNew();
    private PolicyStamp? stamp;

    internal Policy Now()
    {
        if (sinceLook.Elapsed > GateLimits.FeedPolicyLook)
        {
            sinceLook.Restart();
            caller.RequireTenant(layout);
            var now = PolicyStamp.Take(layout, policy.Settings);
            if (now.Equals(stamp) && sinceReading.Elapsed < GateLimits.LongestTrust)
            {
                policy = policy with { Judge = new Judge(policy.Settings, Accounts.IsMember) };
            }
            else
            {
                sinceReading.Restart();
                policy = Policy.Read(layout);
                stamp = now;
            }
        }

        return policy;
    }
}
