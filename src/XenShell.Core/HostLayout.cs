using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core;

/// <summary>
/// Where everything stands on a host. The installed programs know one layout, fixed when they were
/// built: neither environment nor flags can move it. Tests make their own.
/// </summary>
/// <param name="Root">"" on a real host; the demo's private folder otherwise.</param>
/// <param name="Prefix">Where the programs were installed: "/usr".</param>
/// <param name="Owner">uid of whoever rules this host: 0, or the demo's user.</param>
public sealed record HostLayout(string Root, string Prefix, uint Owner)
{
    /// <summary>The layout that was built in.</summary>
    public static HostLayout Installed { get; } = new(
        BuildConstants.Root,
        BuildConstants.Prefix,
        BuildConstants.Root.Length == 0 ? 0 : ThisProcess.RealUid);

    public static string Version => BuildConstants.Version;

    /// <summary>A private demo host: its one user plays root, and there is no sudo.</summary>
    public bool IsDemo => Root.Length > 0;

    /// <summary>Whether systemd is this host's init (sd_booted(3)).</summary>
    public bool RunsSystemd => !IsDemo && FileSystem.TryStatus("/run/systemd/system") is not null;

    public string ConfigurationFile => $"{Root}/etc/xen-shell/xen-shell.conf";

    public string GrantsFolder => $"{Root}/etc/xen-shell/grants.d";

    /// <summary>What may be put on a guest, "NAME.conf" each.</summary>
    public string ImagesFolder => $"{Root}/etc/xen-shell/images.d";

    /// <summary>A folder each job; root's alone.</summary>
    public string JobsFolder => $"{Root}/var/lib/xen-shell/jobs";

    /// <summary>Whose each guest's console log is; root's alone.</summary>
    public string LogsFolder => $"{Root}/var/lib/xen-shell/logs";

    /// <summary>What a job works with and nobody needs after it: gone after a reboot.</summary>
    public string WorkFolder => $"{RunFolder}/work";

    /// <summary>Snapshot, locks, console holders; gone after a reboot, root's alone.</summary>
    public string RunFolder => $"{Root}/run/xen-shell";

    public string AuditLog => $"{Root}/var/log/xen-shell/audit.log";

    /// <summary>xenconsoled's logs, "guest-NAME.log".</summary>
    public string ConsoleLogFolder => $"{Root}/var/log/xen/console";

    /// <summary>Where Debian's xendomains saves the states of guests, by name.</summary>
    public string SaveFolder => $"{Root}/var/lib/xen/save";

    /// <summary>State of the simulator's guests.</summary>
    public string SimulatorFolder => $"{Root}/run/xen-sim";

    /// <summary>The public keys that each user logs in with: a file each, root's.</summary>
    public string KeysFolder => $"{Root}/etc/ssh/xen-shell-keys";

    public string Shell => $"{Root}{Prefix}/bin/xen-shell";

    /// <summary>The ancestor's name, a link to <see cref="Shell"/>.</summary>
    public string LoginShell => $"{Root}{Prefix}/bin/xen-login-shell";

    /// <summary>The full screen, a program of its own: Terminal.Gui alone starts slower than a one-shot ends.</summary>
    public string Screen => $"{Root}{Prefix}/lib/xen-shell/xen-shell-screen";

    public string Gate => $"{Root}{Prefix}/lib/xen-shell/xen-shell-gate";

    /// <summary>Fills new disks; the gate starts it.</summary>
    public string Worker => $"{Root}{Prefix}/lib/xen-shell/xen-shell-worker";

    public string DefaultPattern => $"{Root}/etc/xen/*.cfg {Root}/etc/xen/auto/*";

    /// <summary>Never through PATH, whatever the prefix.</summary>
    public const string Sudo = "/usr/bin/sudo";

    public TrustedTree TrustedTree => new(IsDemo ? Root : "/", Owner);
}
