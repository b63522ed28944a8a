using XenShell.Core.Consoles;

namespace XenShell.Core.Reports;

/// <summary>One guest in list, status and uptime.</summary>
/// <param name="State">The words of <see cref="Toolstacks.DomainStateWords"/>.</param>
/// <param name="Role">viewer, operator, owner or support.</param>
/// <param name="MemoryMib">Of the running domain; null when it is off.</param>
/// <param name="CpuSeconds">CPU time used since it was started.</param>
/// <param name="UptimeSeconds">Since it was started.</param>
public sealed record GuestReport(
    string Name,
    string State,
    string Role,
    long? MemoryMib = null,
    int? Vcpus = null,
    double? CpuSeconds = null,
    long? UptimeSeconds = null,
    ConsoleHolder? Console = null);
