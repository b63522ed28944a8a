using System.Globalization;
using XenShell.Core.Printing;
using XenShell.Core.Reports;

namespace XenShell.Tenant.Dispatch;

/// <summary>info for people.</summary>
internal static class InfoText
{
    internal static string Of(InfoReport report)
    {
        var guest = report.Guest;
        (string Label, string? Value)[] lines =
        [
            ("name", guest.Name),
            ("state", guest.State),
            ("you are", guest.Role),
            ("uptime", guest.UptimeSeconds is { } up ? GuestTable.Uptime(up) : null),
            ("memory", guest.MemoryMib is { } mib ? $"{mib} MiB" : null),
            ("vcpus", guest.Vcpus?.ToString(CultureInfo.InvariantCulture)),
            ("at next boot", report.ConfiguredMemoryMib is { } memory ? $"{memory} MiB, {report.ConfiguredVcpus ?? 1} vcpu{(report.ConfiguredVcpus > 1 ? "s" : "")}" : null),
            ("cpu time", guest.CpuSeconds is { } cpu ? string.Create(CultureInfo.InvariantCulture, $"{cpu:0.0} s") : null),
            ("addresses", report.Addresses.Count > 0 ? string.Join(", ", report.Addresses) : null),
            ("console", guest.Console is { } console ? $"{console.User} since {UtcTime.Of(console.Since)}" : "free"),
            ("commands", string.Join(' ', report.Commands)),
        ];
        return string.Concat(lines.Where(line => line.Value is not null).Select(line => $"{line.Label,-13} {line.Value}\n"));
    }
}
