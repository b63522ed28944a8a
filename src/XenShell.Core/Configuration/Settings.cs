using XenShell.Core.Commands;
using XenShell.Core.Grants;

namespace XenShell.Core.Configuration;

/// <summary>The values of xen-shell.conf(5), checked; defaults where the file is silent.</summary>
public sealed record Settings
{
    public static string DefaultBanner { get; } = $"xen-shell {HostLayout.Version}";

    /// <summary>A line shown at log-in and by version and help; literal text.</summary>
    public string Banner { get; init; } = DefaultBanner;

    /// <summary>Globs of guest files, in order; a wildcard stands in the last component only.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>Commands that are taken away from everybody but staff, on every guest.</summary>
    public Blacklist Blacklist { get; init; } = Blacklist.Empty;

    /// <summary>Name of the history file in the tenant's home.</summary>
    public string History { get; init; } = ".xen-shell";

    public ToolstackKind Toolstack { get; init; } = ToolstackKind.Auto;

    /// <summary>Absolute path of the toolstack's program; null chooses by <see cref="Toolstack"/>.</summary>
    public string? ToolstackPath { get; init; }

    /// <summary>A guest named exactly like the login is the login's own.</summary>
    public bool NameGrants { get; init; } = true;

    /// <summary>Staff: users and %groups that may look after every guest.</summary>
    public IReadOnlyList<Grantee> Support { get; init; } = [];

    /// <summary>How long a shutdown waits for the guest.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long boot watches whether the guest stays up.</summary>
    public TimeSpan BootWatch { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A log-in on a terminal opens the full screen; the prompt otherwise.</summary>
    public bool UsesScreen { get; init; } = true;

    /// <summary>How many sessions one login may have open.</summary>
    public int MaxSessions { get; init; } = 20;

    /// <summary>How many jobs build at the same time on this host.</summary>
    public int MaxJobs { get; init; } = 2;

    /// <summary>Percent of a file system or volume group that new disks leave free, as others' sparse files and thin pools grow there.</summary>
    public int KeepFree { get; init; } = 5;

    /// <summary>How long what a re-image replaced is kept.</summary>
    public TimeSpan KeepOld { get; init; } = TimeSpan.FromHours(72);

    /// <summary>A session without a key for so long ends; null never.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}
