using System.Text.Json;
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
    ConsoleHolder? Console = null)
{
    internal void Write(Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteString("name", Name);
        to.WriteString("state", State);
        to.WriteString("role", Role);
        to.WriteAny("memory_mib", MemoryMib);
        to.WriteAny("vcpus", Vcpus);
        if (CpuSeconds is { } cpu)
        {
            to.WriteNumber("cpu_seconds", cpu);
        }

        to.WriteAny("uptime_seconds", UptimeSeconds);
        if (Console is not null)
        {
            to.WriteStartObject("console");
            to.WriteString("user", Console.User);
            to.WriteNumber("since", Console.Since);
            to.WriteEndObject();
        }

        to.WriteEndObject();
    }

    internal static GuestReport Of(JsonElement guest) => new(
        guest.GetProperty("name").GetString()!,
        guest.GetProperty("state").GetString()!,
        guest.GetProperty("role").GetString()!,
        guest.TryGetProperty("memory_mib", out var memory) ? memory.GetInt64() : null,
        guest.TryGetProperty("vcpus", out var vcpus) ? vcpus.GetInt32() : null,
        guest.TryGetProperty("cpu_seconds", out var cpu) ? cpu.GetDouble() : null,
        guest.TryGetProperty("uptime_seconds", out var uptime) ? uptime.GetInt64() : null,
        guest.TryGetProperty("console", out var console) ? new ConsoleHolder(console.GetProperty("user").GetString()!, console.GetProperty("since").GetInt64()) : null);
}
