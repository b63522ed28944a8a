using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>One line of watch: everything that the caller may see, at one moment.</summary>
/// <param name="Tick">When the states were taken, in milliseconds of a clock that only goes on: two looks may be at the same states.</param>
/// <param name="TrafficTick">The same of what guests have moved; 0 when that is not known.</param>
/// <param name="Trouble">Why the states are not known; null when they are.</param>
/// <param name="RefusedFiles">As in <see cref="StatusReport"/>.</param>
public sealed record WatchReport(
    IReadOnlyList<WatchedGuest> Guests, long Tick = 0, long TrafficTick = 0, string? Trouble = null, IReadOnlyList<string>? RefusedFiles = null) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static WatchReport Parse(byte[] json) => JsonText.Read(json, from => new WatchReport(
        from.Objects("guests", WatchedGuest.Of),
        from.NumberOrNull("tick") ?? 0,
        from.NumberOrNull("traffic_tick") ?? 0,
        from.TextOrNull("trouble"),
        from.TextsOrNull("refused_files")));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("guests", Guests);
        to.Member("tick", Tick);
        to.Member("traffic_tick", TrafficTick);
        to.Member("trouble", Trouble);
        to.Member("refused_files", RefusedFiles);
    }
}
