using XenShell.Core.Printing;
using XenShell.Core.Reports;
using XenShell.Screen.Drawing;
using XenShell.Screen.Feed;

namespace XenShell.Screen.Pages;

/// <summary>Which columns the dashboard has at a width.</summary>
internal static class GuestColumns
{
    private const int LeastName = 10, MostName = 24;
    private const double FullCpu = 100, FullRate = 100; // graphs of an idle guest stay flat: a hundredth of a bar is no news

    internal static IReadOnlyList<Column> For(int width, WatchedGuests guests)
    {
        var longest = guests.All.Select(guest => guest.Guest.Name.Length).DefaultIfEmpty(0).Max();
        var name = new Column("NAME", Math.Clamp(longest, LeastName, MostName), 0, guest => guest.Guest.Name) { Style = _ => Style.Bold };
        List<Column> all = [name, .. Others(guests, width >= 180 ? 20 : width >= 120 ? 8 : 4)];
        var left = width;
        var chosen = all.OrderBy(column => column.Rank).TakeWhile(column => (left -= column.Width + 1) >= -1).ToHashSet();
        return [.. all.Where(chosen.Contains)];
    }

    // at 80 columns all up to WHO have room, beside names of ten letters
    private static Column[] Others(WatchedGuests guests, int graph) =>
    [
        new("STATE", 15, 1, guest => StateMark.Of(guest).Text) { Style = guest => StateMark.Of(guest).Style },
        new("UP", 6, 4, Figures.Uptime) { IsRight = true },
        new("MEM", 5, 6, Figures.ShortMemory) { IsRight = true },
        new("VCPU", 4, 12, guest => guest.Guest.Vcpus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-") { IsRight = true },
        new("CPU", 4, 2, guest => Figures.Percent(guests.History(guest).Cpu.Last)) { IsRight = true },
        new("", graph, 5, guest => guests.History(guest).Cpu.Graph(graph, FullCpu)) { Style = _ => Style.Graph },
        new("NET", 5, 7, guest => Figures.Rate(guests.History(guest).Network)) { IsRight = true },
        new("", graph, 9, guest => NetworkGraph(guests.History(guest), graph)) { Style = _ => Style.Graph },
        new("DISK", 5, 8, guest => Figures.Rate(guests.History(guest).Disk)) { IsRight = true },
        new("", graph, 10, guest => DiskGraph(guests.History(guest), graph)) { Style = _ => Style.Graph },
        new("WHO", 8, 3, Doing) { Style = guest => guest.Busy is null ? Style.Dim : Style.Warning },
        new("ADDRESS", 15, 11, guest => guest.Addresses is [var first, ..] ? first : "-"),
        new("", 24, 13, LongDoing) { Style = _ => Style.Dim },
    ];

    /// <summary>Who is at work on the guest, or on its console.</summary>
    internal static string Doing(WatchedGuest guest) =>
        guest.Busy is { } busy ? $"{busy.Verb}:{busy.User}"
        : guest.Guest.Console is { } console ? $"tty:{console.User}"
        : "-";

    // where there is room, since when
    private static string LongDoing(WatchedGuest guest) =>
        guest.Busy is { } busy ? $"since {UtcTime.Of(busy.Since)}"
        : guest.Guest.Console is { } console ? $"since {UtcTime.Of(console.Since)}"
        : "";

    internal static string NetworkGraph(GuestHistory history, int width) => Series.Sum(history.NetIn, history.NetOut).Graph(width, FullRate);

    internal static string DiskGraph(GuestHistory history, int width) => Series.Sum(history.DiskRead, history.DiskWritten).Graph(width, FullRate);
}
