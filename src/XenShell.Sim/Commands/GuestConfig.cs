using System.Globalization;
using XenShell.Core.GuestFiles;
using XenShell.Sim.Domains;
using XenShell.Sim.Guests;

namespace XenShell.Sim.Commands;

/// <summary>The keys of a guest file that the simulator obeys; the others are ignored, as xl ignores what it does not know.</summary>
internal static class GuestConfig
{
    private const long DefaultMemoryMb = 32; // libxl's

    private const int MaxVcpus = 512; // as Xen, for PV guests

    private static readonly string[] actions =
        ["destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart"];

    /// <exception cref="XlException">xl's complaint about a key.</exception>
    /// <exception cref="XlConfigException">A list where a value should be.</exception>
    public static DomainOrder Read(XlConfig config, bool paused)
    {
        var memory = config.GetInteger("memory") ?? DefaultMemoryMb;
        var domain = new Domain
        {
            Id = 0,
            Name = config.GetString("name") ?? throw new XlException(1, "Domain name must be specified.\n"),
            Uuid = config.GetString("uuid") ?? Guid.NewGuid().ToString(),
            MemoryKb = memory * 1024,
            MaxMemoryKb = Math.Max(memory, config.GetInteger("maxmem") ?? memory) * 1024,
            Vcpus = (int)Math.Clamp(config.GetInteger("vcpus") ?? 1, 1, MaxVcpus),
            Kernel = config.GetString("kernel") ?? "",
            Ramdisk = config.GetString("ramdisk") ?? "",
            CommandLine = BootWords.Of(config).KernelLine,
            OnPoweroff = Action(config, "on_poweroff", "destroy"),
            OnReboot = Action(config, "on_reboot", "restart"),
            OnCrash = Action(config, "on_crash", "destroy"),
            Disks = config.GetStrings("disk") ?? [],
            Phase = DomainPhase.Building,
        };
        return new DomainOrder(domain, BehaviourOf(config), paused);
    }

    private static string Action(XlConfig config, string key, string absent)
    {
        var action = config.GetString(key) ?? absent;
        return actions.Contains(action) ? action : throw new XlException(1, $"Unknown {key} action \"{action}\" specified\n");
    }

    private static Behaviour BehaviourOf(XlConfig config) => config.GetString("sim") switch
    {
        null => Behaviour.Normal,
        var word when Enum.TryParse<Behaviour>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var behaviour) => behaviour,
        var word => throw new XlException(1, string.Create(CultureInfo.InvariantCulture, $"xl-sim: unknown sim = '{word}'\n")),
    };
}
