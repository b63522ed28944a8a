using System.Globalization;
using XenShell.Core.Reports;

namespace XenShell.Tenant.Dispatch;

/// <summary>list, status and uptime for people.</summary>
public static class GuestTable
{
    public static string List(StatusReport report) => Of(report, guests => Table(["NAME", "STATE", "ROLE"], guests.Select(g => new[] { g.Name, g.State, g.Role })));

    public static string Status(StatusReport report) => Of(report, guests => Table(
        ["NAME", "STATE", "UPTIME", "MEMORY", "VCPUS", "CPU", "ROLE", "CONSOLE"],
        guests.Select(g => new[]
        {
            g.Name,
            g.State,
            g.UptimeSeconds is { } up ? Uptime(up) : "-",
            g.MemoryMib is { } mib ? $"{mib} MiB" : "-",
            g.Vcpus?.ToString(CultureInfo.InvariantCulture) ?? "-",
            g.CpuSeconds is { } cpu ? $"{cpu.ToString("0", CultureInfo.InvariantCulture)} s" : "-",
            g.Role,
            g.Console?.User ?? "-",
        })));

    public static string Uptimes(StatusReport report) =>
        Of(report with { RefusedFiles = null }, guests => string.Concat(guests.Select(g => $"{g.Name}: {(g.UptimeSeconds is { } up ? "up " + Uptime(up) : g.State)}\n")));

    private static string Of(StatusReport report, Func<IReadOnlyList<GuestReport>, string> table)
    {
        var refused = RefusedFilesText.OfGuests(report.RefusedFiles) is { } text ? text + "\n" : "";
        return report.Guests.Count == 0
            ? "no guest is granted to you; please ask your provider\n" + refused
            : refused + table(report.Guests);
    }

    public static string Uptime(long seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}");
    }

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        List<string[]> all = [head, .. rows];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return string.Concat(all.Select(row =>
            string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }
}
