using System.Text.Json;
using XenShell.Core.Json;
using XenShell.Core.Locks;

namespace XenShell.Core.Reports;

/// <summary>One guest in watch.</summary>
/// <param name="Owners">Whose it is, as its grants say; for staff only.</param>
/// <param name="Closed">Commands that a blacklist takes away from this user.</param>
/// <param name="Busy">Who is at work on it.</param>
/// <param name="NetIn">KiB since its start, as the three below; null when not known.</param>
public sealed record WatchedGuest(
    GuestReport Guest,
    IReadOnlyList<string>? Addresses = null,
    IReadOnlyList<string>? Owners = null,
    IReadOnlyList<string>? Closed = null,
    LockHolder? Busy = null,
    long? NetIn = null,
    long? NetOut = null,
    long? DiskRead = null,
    long? DiskWritten = null) : IJsonObject
{
    internal static WatchedGuest Of(JsonElement from) => new(
        GuestReport.Of(from.GetProperty("guest")),
        from.TextsOrNull("addresses"),
        from.TextsOrNull("owners"),
        from.TextsOrNull("closed"),
        from.ObjectOrNull("busy", LockHolder.Of),
        from.NumberOrNull("net_in"),
        from.NumberOrNull("net_out"),
        from.NumberOrNull("disk_read"),
        from.NumberOrNull("disk_written"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("guest", Guest);
        to.Member("addresses", Addresses);
        to.Member("owners", Owners);
        to.Member("closed", Closed);
        to.Member("busy", Busy);
        to.Member("net_in", NetIn);
        to.Member("net_out", NetOut);
        to.Member("disk_read", DiskRead);
        to.Member("disk_written", DiskWritten);
    }
}
