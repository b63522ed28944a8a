using System.Text.Json;
using XenShell.Core.Consoles;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>One guest in list, status and uptime.</summary>
/// <param name="State">The words of Domains.DomainStateWords.</param>
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
    ConsoleHolder? Console = null) : IJsonObject
{
    internal static GuestReport Of(JsonElement from) => new(
        from.Text("name"),
        from.Text("state"),
        from.Text("role"),
        from.NumberOrNull("memory_mib"),
        (int?)from.NumberOrNull("vcpus"),
        from.TryGetProperty("cpu_seconds", out var cpu) ? cpu.GetDouble() : null,
        from.NumberOrNull("uptime_seconds"),
        from.ObjectOrNull("console", ConsoleHolder.Of));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("name", Name);
        to.Member("state", State);
        to.Member("role", Role);
        to.Member("memory_mib", MemoryMib);
        to.Member("vcpus", Vcpus);
        to.Member("cpu_seconds", CpuSeconds);
        to.Member("uptime_seconds", UptimeSeconds);
        to.Member("console", Console);
    }
}
