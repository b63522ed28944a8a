using XenShell.Core.Commands;
using XenShell.Core.Grants;
using XenShell.Core.Names;

namespace XenShell.Core.Guests;

/// <summary>One guest, as its root-owned configuration file tells.</summary>
public sealed record Guest(GuestName Name, string File)
{
    /// <summary>The file's bytes as they were judged: these boot. Empty in a list of all guests.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>From the file's xen_shell line and from grants.d.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>From xen_shell_blacklist.</summary>
    public required Blacklist Blacklist { get; init; }

    /// <summary>MiB at start, if the file says.</summary>
    public long? Memory { get; init; }

    public long? Vcpus { get; init; }

    /// <summary>The ip= values of the vif lines, as they stand there.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
