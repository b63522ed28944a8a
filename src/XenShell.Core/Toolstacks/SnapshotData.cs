using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Toolstacks;

/// <summary>The file behind a <see cref="SharedSnapshot{T}"/>.</summary>
/// <param name="AskedTick">When the toolstack was asked, in milliseconds since the host booted: what happened later need not show.</param>
/// <param name="TakenTick">When it had answered.</param>
/// <param name="Error">Why there are no items; null when all is well.</param>
/// <param name="IsSilent">Of an error: it did not answer at all.</param>
public sealed record SnapshotData<T>(long AskedTick, long TakenTick, List<T> Items, string? Error, bool IsSilent = false) : IJsonObject
    where T : class, IJsonObject
{
    internal static SnapshotData<T> Of(JsonElement from, Func<JsonElement, T> item) => new(
        from.Number("asked_tick"), from.Number("taken_tick"), from.Objects("items", item), from.TextOrNull("error"), from.GetProperty("is_silent").GetBoolean());

    public void Write(Utf8JsonWriter to)
    {
        to.Member("asked_tick", AskedTick);
        to.Member("taken_tick", TakenTick);
        to.Member("items", Items);
        to.Member("error", Error);
        to.WriteBoolean("is_silent", IsSilent);
    }
}
