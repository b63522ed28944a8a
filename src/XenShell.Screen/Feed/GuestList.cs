using XenShell.Core.Reports;

namespace XenShell.Screen.Feed;

/// <summary>
/// The guests as they are listed: filtered, sorted, for staff by owner. The selection goes with its guest,
/// whatever moves around it.
/// </summary>
internal sealed class GuestList(WatchedGuests guests)
{
    private const string Ownerless = "(no owner)";

    private List<WatchedGuest> shown = [];
    private int place; // of the selection, for the moment when its guest is gone

    /// <summary>Only guests of which a name, a state, an owner or an address contains this.</summary>
    internal string Filter { get; private set; } = "";

    internal GuestOrder Order { get; private set; }

    /// <summary>From the top.</summary>
    internal IReadOnlyList<WatchedGuest> Shown => shown;

    internal WatchedGuest? Selected { get; private set; }

    /// <summary>The selection's place in <see cref="Shown"/>; 0 when there is none.</summary>
    internal int Place => place;

    internal void FilterBy(string text)
    {
        Filter = text;
        Refresh();
    }

    internal void NextOrder()
    {
        Order = (GuestOrder)(((int)Order + 1) % Enum.GetValues<GuestOrder>().Length);
        Refresh();
    }

    internal void Move(int step) => Select(Math.Clamp(place + step, 0, Math.Max(0, shown.Count - 1)));

    /// <returns>False when no such guest is shown.</returns>
    internal bool Select(string name)
    {
        var at = shown.FindIndex(guest => guest.Guest.Name == name);
        if (at >= 0)
        {
            Select(at);
        }

        return at >= 0;
    }

    /// <summary>There was a new look, another filter or order.</summary>
    internal void Refresh()
    {
        IEnumerable<WatchedGuest> matching = guests.All.Where(Matches);
        var sorted = Order switch
        {
            GuestOrder.State => matching.OrderBy(guest => guest.Guest.State, StringComparer.Ordinal),
            GuestOrder.Cpu => matching.OrderByDescending(guest => guests.History(guest).Cpu.Last ?? -1),
            GuestOrder.Memory => matching.OrderByDescending(guest => guest.Guest.MemoryMib ?? -1),
            GuestOrder.Network => matching.OrderByDescending(guest => guests.History(guest).Network),
            GuestOrder.Disk => matching.OrderByDescending(guest => guests.History(guest).Disk),
            GuestOrder.Uptime => matching.OrderByDescending(guest => guest.Guest.UptimeSeconds ?? -1),
            _ => matching.OrderBy(guest => guest.Guest.Name, StringComparer.Ordinal),
        };
        var thenByName = sorted.ThenBy(guest => guest.Guest.Name, StringComparer.Ordinal);
        shown = guests.HasOwners && Order == GuestOrder.Name
            ? [.. thenByName.OrderBy(OwnersOf, StringComparer.Ordinal)]
            : [.. thenByName];
        var at = Selected is { } selected ? shown.FindIndex(guest => guest.Guest.Name == selected.Guest.Name) : -1;
        Select(at >= 0 ? at : Math.Clamp(place, 0, Math.Max(0, shown.Count - 1)));
    }

    /// <summary>The heading that a guest stands under; null where there are none.</summary>
    internal string? Heading(WatchedGuest guest) => guests.HasOwners && Order == GuestOrder.Name ? OwnersOf(guest) : null;

    private static string OwnersOf(WatchedGuest guest) => guest.Owners is { Count: > 0 } owners ? string.Join(", ", owners) : Ownerless;

    private bool Matches(WatchedGuest guest) =>
        Filter.Length == 0
        || ((string[])[guest.Guest.Name, guest.Guest.State, .. guest.Owners ?? [], .. guest.Addresses ?? []])
            .Any(text => text.Contains(Filter, StringComparison.OrdinalIgnoreCase));

    private void Select(int at)
    {
        place = at;
        Selected = at < shown.Count ? shown[at] : null;
    }
}
