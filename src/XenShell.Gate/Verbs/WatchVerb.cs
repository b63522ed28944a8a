using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Json;
using XenShell.Core.Judgement;
using XenShell.Core.Locks;
using XenShell.Core.Native;
using XenShell.Core.Reports;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>
/// What a screen is fed with: a line of JSON at each look, until the caller goes. Policy is read anew
/// every few seconds, so that a revoked grant takes the guest away; states and traffic are the snapshots
/// that all sessions share. Each look is judged as status, which a blacklist can close.
/// </summary>
internal sealed class WatchVerb
{
    private readonly Act act;
    private readonly TrafficSnapshot traffic;
    private readonly LastingPolicy lasting;
    private Policy policy;

    private WatchVerb(Act act)
    {
        this.act = act;
        policy = act.Policy;
        lasting = new LastingPolicy(act.Layout, act.Caller, policy);
        traffic = new TrafficSnapshot(act.Layout, act.Toolstack);
    }

    internal static (ExitCode, string?) Run(Act act)
    {
        new WatchVerb(act).Watch();
        return (ExitCode.Done, "watched");
    }

    private void Watch()
    {
        Show();
        OwnMemory.Settle();
        while (act.Output.IsHeard && IsStillWanted())
        {
            Show();
        }
    }

    private void Show()
    {
        RenewPolicy();
        act.Output.Document((Look() with { RefusedFiles = policy.RefusedFiles(act.Caller, policy.Catalog.Problems) }).Json());
    }

    private bool IsStillWanted()
    {
        Poll.Pause(GateLimits.LeastLook);
        if (!Poll.Wait(act.Input.Standard, forWriting: false, GateLimits.Look - GateLimits.LeastLook))
        {
            return true;
        }

        Span<byte> wishes = stackalloc byte[64];
        try
        {
            return act.Input.Standard.ReadNow(wishes) != 0;
        }
        catch (IOException)
        {
            return false; // closed: nobody holds the other end
        }
    }

    private void RenewPolicy()
    {
        policy = lasting.Now();
        if (!policy.Judge.MayUse(act.Caller.Account, KnownCommands.Status))
        {
            throw new GateRefusal(ExitCode.NotAllowed, "status is switched off on this host", "blacklisted");
        }
    }

    private WatchReport Look()
    {
        var standings = policy.Judge.Open(act.Caller.Account, KnownCommands.Status, policy.Catalog).ToList();
        try
        {
            if (standings.Count == 0)
            {
                return new WatchReport([]); // nobody to ask about: no reason to wait for the toolstack
            }

            var states = act.States.Look();
            var domains = new SeenDomains(states.Items);
            var moved = domains.Count == 0 ? null : traffic.Look();
            var counts = moved?.Items.DistinctBy(item => item.Name).ToDictionary(item => item.Name, StringComparer.Ordinal);
            return new WatchReport(
                [.. standings.Select(standing => Describe(standing, domains, counts))],
                states.TakenTick,
                moved?.TakenTick ?? 0);
        }
        catch (ToolstackException e)
        {
            return new WatchReport(
                [.. standings.Select(standing => new WatchedGuest(new GuestReport(standing.Guest.Name.Text, "unknown", RoleRights.Word(standing.Role))))],
                Trouble: e.IsSilent ? "the host's Xen does not answer; trying again" : "the host's Xen refuses to answer; trying again");
        }
    }

    private WatchedGuest Describe(Standing standing, SeenDomains domains, IReadOnlyDictionary<string, Traffic>? moved)
    {
        var guest = standing.Guest;
        var counts = domains.Of(guest.Name) is null ? null : moved?.GetValueOrDefault(guest.Name.Text);
        return new WatchedGuest(
            Description.Of(act, standing, domains),
            guest.Addresses.Count > 0 ? guest.Addresses : null,
            standing.IsStaff ? Owners(standing) : null,
            Closed(standing),
            GuestLock.Holder(act.Layout, guest.Name),
            counts?.NetIn,
            counts?.NetOut,
            counts?.DiskRead,
            counts?.DiskWritten);
    }

    private static string[] Owners(Standing standing) =>
        [.. standing.Guest.Grants.Where(grant => grant.Role == Role.Owner).Select(grant => grant.Grantee.ToString()).Distinct()];

    private string[]? Closed(Standing standing)
    {
        if (standing.IsStaff)
        {
            return null; // no blacklist is for them
        }

        string[] closed = [.. CommandTable.Product.ForPeople
            .Where(command => command.Guest != GuestArgument.None && standing.Rights.HasFlag(command.Right)
                && !policy.Judge.Decide(act.Caller.Account, command, standing.Guest.Name, policy.Catalog).Permitted)
            .Select(command => command.Name)];
        return closed.Length > 0 ? closed : null;
    }
}
