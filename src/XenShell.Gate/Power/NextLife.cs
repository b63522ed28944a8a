using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>
/// What a guest that runs needs to boot again. Its power is not cut for a file that lost its kernel or has a slip in it, nor
/// where the host could not take it.
/// </summary>
internal static class NextLife
{
    private const string Devices = "/sys/class/net";

    /// <param name="domain">Its present one.</param>
    internal static void Require(Act act, Domain domain)
    {
        BootFile.Require(act);
        RequireReadable(act);
        var config = XlConfig.Parse(act.Guest.Bytes, act.Guest.File);
        RequireBridges(act, config);
        RequireMemory(act, config, domain);
        RequireTurn(act);
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

    // A script of its own may take a part of the name for something else: "br0.100", "br0:100".
    private static void RequireBridges(Act act, XlConfig config)
    {
        if (config.IsList("vif") && Vif.Bridges(config.GetStrings("vif")!).FirstOrDefault(bridge => !Exists(bridge) && !Exists(bridge.Split('.', ':')[0])) is { } missing)
        {
            throw LeftOn(act, "its network is not there", $"no bridge {missing}");
        }

        static bool Exists(string name) => name.Length == 0 || name.Contains('/') || FileSystem.ChangedAt($"{Devices}/{name}") > 0;
    }

    // Domain-0 may give of its own: only what can never be is refused.
    private static void RequireMemory(Act act, XlConfig config, Domain domain)
    {
        if (!config.IsList("memory") && config.GetInteger("memory") is { } wanted && wanted > domain.Memory
            && act.Toolstack.HostMemory() is { } all
            && all - act.States.Domains().Where(other => other.Id != domain.Id).Sum(other => other.Memory) is var left && wanted > left)
        {
            throw LeftOn(act, "the host has too little memory to boot it again", $"{wanted} MiB, of {left} that no other guest has");
        }
    }

    // It would be off until the other one is made, which may be never: a boot loader that hangs, a restore over a dead line.
    private static void RequireTurn(Act act)
    {
        var watch = Stopwatch.StartNew();
        while (act.Toolstack.Maker() is { } maker)
        {
            if (watch.Elapsed > GateLimits.Turn)
            {
                throw Act.Refusal(ExitCode.Busy, $"{act.Name}: another guest is being made on this host, and its power was left on; try again in a minute", $"process {maker} has xl's lock");
            }

            Poll.Pause(GateLimits.Tick);
        }
    }

    private static GateRefusal LeftOn(Act act, string why, string detail) =>
        Act.Refusal(ExitCode.Failed, $"{act.Name}: {why}, and its power was left on; please tell the administrator, whose record says why", detail);
}
