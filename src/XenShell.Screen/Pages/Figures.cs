using System.Globalization;
using XenShell.Core.Reports;

namespace XenShell.Screen.Pages;

/// <summary>Numbers in few columns.</summary>
internal static class Figures
{
    private const string None = "-";

    /// <summary>"512 MiB" or "1.5 GiB".</summary>
    internal static string Memory(WatchedGuest guest) => guest.Guest.MemoryMib switch
    {
        null => None,
        < 1024 and var mib => $"{mib} MiB",
        { } mib => string.Create(CultureInfo.InvariantCulture, $"{mib / 1024.0:0.#} GiB"),
    };

    /// <summary>The same in five columns: "512M" or "1.5G".</summary>
    internal static string ShortMemory(WatchedGuest guest) => Memory(guest).Replace(" ", "", StringComparison.Ordinal).Replace("iB", "", StringComparison.Ordinal);

    /// <summary>"12m", "3h05", "12d03": five columns at most for a hundred days.</summary>
    internal static string Uptime(WatchedGuest guest) => guest.Guest.UptimeSeconds switch
    {
        null => None,
        < 60 and var seconds => $"{seconds}s",
        < 3600 and var seconds => $"{seconds / 60}m{seconds % 60:00}",
        < 86400 and var seconds => $"{seconds / 3600}h{seconds / 60 % 60:00}",
        { } seconds => $"{seconds / 86400}d{seconds / 3600 % 24:00}",
    };

    internal static string Percent(double? value) => value is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:0}%") : None;

    /// <summary>A rate: "0", "12K", "3.4M"; what it counts is bytes a second.</summary>
    /// <param name="value">KiB a second.</param>
    internal static string Rate(double? value) => value switch
    {
        null or < 0 => None,
        < 0.5 => "0",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{value:0}K"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1024:0.0}M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1024:0}M"),
    };
}
