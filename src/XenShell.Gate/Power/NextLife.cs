using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>
/// What a guest that runs needs to boot again. Its power is not cut for a file that lost its kernel or has a slip in it, nor
/// where the host could not take it. What cannot be said hinders nobody.
/// </summary>
internal static class NextLife
{
    private static readonly string[] OtherNetworks = ["vif.default.script", "vif.default.backend"];

    /// <param name="domain">Its present one.</param>
    internal static void Require(Act act, Domain domain)
    {
        BootFile.Require(act);
        RequireReadable(act);
        RequireBridges(act);
        RequireMemory(act, domain);
    }

    /// <summary>
    /// It would be off until the other one is made, which may be never: a boot loader that hangs, a restore over a dead line. To
    /// be asked last.
    /// </summary>
    internal static void RequireTurn(Act act, Domain domain)
    {
        if (HangingLoader.IsBefore(domain))
        {
            return; // what makes the other one may be what makes this one
        }

        var policy = new PolicyWatch(act, act.Request);
        var (watch, all) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (act.Toolstack.Maker() is { } maker)
        {
            if (HangingLoader.EndAfterItsTime(act, maker))
            {
                watch.Restart(); // who is next has not kept us yet
            }

            if (watch.Elapsed > GateLimits.Turn || all.Elapsed > Waits.Action)
            {
                throw Act.Refusal(ExitCode.Busy, $"{act.Name}: another guest is being made on this host, and its power was left on; try again in a minute", $"process {maker.Pid} has xl's lock");
            }

            policy.Require();
            Poll.Pause(GateLimits.Tick);
        }
    }

    private static void RequireReadable(Act act)
    {
        using var copy = JudgedCopy.Of(act.Layout, act.Guest);
        try
        {
            act.Toolstack.Check(copy.Path);
        }
        catch (ToolstackException e) when (!e.IsSilent)
        {
            throw LeftOn(act, "the host's Xen would not boot it again", e.About(copy.Path, act.Guest.File).Detail);
        }
    }

    // "br0.100" and "br0:100" may be a part of br0 to a script; "xenbr0" is what xend's days call the bridge eth0.
    private static void RequireBridges(Act act)
    {
        if (OtherNetworks.All(key => XlConf.Value(XlConf.File, key) is null)
            && Bridges(act.Guest).FirstOrDefault(bridge => !Exists(bridge) && !Exists(bridge.Split('.', ':')[0])) is { } missing)
        {
            throw LeftOn(act, "its network is not there", $"no bridge {missing}");
        }

        static bool Exists(string name) => name.Length == 0 || name.StartsWith("xenbr", StringComparison.Ordinal) || FileSystem.IsNetworkDevice(name);
    }

    private static IReadOnlyList<string> Bridges(Guest guest)
    {
        try
        {
            var config = XlConfig.Parse(guest.Bytes, guest.File);
            return config.IsList("vif") ? Vif.Bridges(config.GetStrings("vif")!) : [];
        }
        catch (XlConfigException)
        {
            return []; // xl warns, and makes it without
        }
    }

    // Domain-0 may give of its own: only what can never be is refused.
    private static void RequireMemory(Act act, Domain domain)
    {
        if (act.Guest.Memory is { } wanted && wanted > domain.Memory
            && act.Toolstack.HostMemory() is { } all
            && all - act.States.Domains().Where(other => other.Id != domain.Id && other.State != DomainState.Dying).Sum(other => other.Memory) is var left && wanted > left)
        {
            throw LeftOn(act, "the host has too little memory to boot it again", $"{wanted} MiB, of {left} that no other guest has");
        }
    }

    private static GateRefusal LeftOn(Act act, string why, string detail) =>
        Act.Refusal(ExitCode.Failed, $"{act.Name}: {why}, and its power was left on; please tell the administrator, whose record says why", detail);
}
