using XenShell.Core.Reports;

namespace XenShell.Screen.Feed;

/// <summary>The user's guests as of the last look, with what each used lately.</summary>
internal sealed class WatchedGuests
{
    private readonly Dictionary<string, GuestHistory> histories = new(StringComparer.Ordinal);

    internal IReadOnlyList<WatchedGuest> All { get; private set; } = [];

    /// <summary>Before the first look nothing is known, not even that there is nothing.</summary>
    internal bool IsKnown { get; private set; }

    /// <summary>Why the states are not known; null when they are.</summary>
    internal string? Trouble { get; private set; }

    /// <summary>The user is staff on some: those are shown by whose they are.</summary>
    internal bool HasOwners { get; private set; }

    internal void Update(WatchReport report)
    {
        IsKnown = true;
        Trouble = report.Trouble;
        All = report.Guests;
        HasOwners = All.Any(guest => guest.Owners is not null);
        var names = All.Select(guest => guest.Guest.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in histories.Keys.Where(name => !names.Contains(name)).ToList())
        {
            histories.Remove(gone);
        }

        foreach (var guest in All)
        {
            History(guest).Add(guest, report.Tick, report.TrafficTick);
        }
    }

    internal GuestHistory History(WatchedGuest guest)
    {
        if (!histories.TryGetValue(guest.Guest.Name, out var history))
        {
            histories[guest.Guest.Name] = history = new GuestHistory();
        }

        return history;
    }

    internal WatchedGuest? Find(string? name) => All.FirstOrDefault(guest => guest.Guest.Name == name);
}
