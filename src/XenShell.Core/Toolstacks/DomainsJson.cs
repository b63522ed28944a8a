using System.Text.Json;
using XenShell.Core.Reports;

namespace XenShell.Core.Toolstacks;

/// <summary>snapshot.json, which every call reads; see <see cref="JsonBytes"/>.</summary>
internal static class DomainsJson
{
    /// <exception cref="JsonException">It is no such document; so too KeyNotFoundException, InvalidOperationException and FormatException.</exception>
    internal static SnapshotData<Domain> Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var data = document.RootElement;
        return new SnapshotData<Domain>(
            data.GetProperty("asked_tick").GetInt64(),
            data.GetProperty("taken_tick").GetInt64(),
            [.. data.GetProperty("items").EnumerateArray().Select(Of)],
            data.TryGetProperty("error", out var error) ? error.GetString() : null,
            data.GetProperty("is_silent").GetBoolean());
    }

    internal static byte[] Bytes(SnapshotData<Domain> data) => JsonBytes.Of(to =>
    {
        to.WriteStartObject();
        to.WriteNumber("asked_tick", data.AskedTick);
        to.WriteNumber("taken_tick", data.TakenTick);
        to.WriteStartArray("items");
        foreach (var domain in data.Items)
        {
            Write(to, domain);
        }

        to.WriteEndArray();
        to.WriteAny("error", data.Error);
        to.WriteBoolean("is_silent", data.IsSilent);
        to.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter to, Domain domain)
    {
        to.WriteStartObject();
        to.WriteString("name", domain.Name);
        to.WriteNumber("id", domain.Id);
        to.WriteNumber("memory", domain.Memory);
        to.WriteNumber("vcpus", domain.Vcpus);
        to.WriteNumber("state", (int)domain.State);
        to.WriteNumber("cpu_seconds", domain.CpuSeconds);
        to.WriteAny("started", domain.Started);
        to.WriteEndObject();
    }

    private static Domain Of(JsonElement domain) => new(
        domain.GetProperty("name").GetString()!,
        domain.GetProperty("id").GetInt32(),
        domain.GetProperty("memory").GetInt64(),
        domain.GetProperty("vcpus").GetInt32(),
        (DomainState)domain.GetProperty("state").GetInt32(),
        domain.GetProperty("cpu_seconds").GetDouble(),
        domain.TryGetProperty("started", out var started) ? started.GetInt64() : null);
}
