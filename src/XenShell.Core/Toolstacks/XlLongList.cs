using System.Text;
using System.Text.Json;

namespace XenShell.Core.Toolstacks;

/// <summary>"xl list -l": libxl's own JSON of each domain's configuration.</summary>
public static class XlLongList
{
    /// <exception cref="ToolstackException">It is no such document.</exception>
    public static IReadOnlyList<DomainDisk> Disks(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.Latin1.GetBytes(json));
            return [.. document.RootElement.EnumerateArray().SelectMany(DisksOf)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ToolstackException("the toolstack's list cannot be read", e.Message, isSilent: true);
        }
    }

    // libxl leaves out what has its default: a disk without "readwrite" cannot be written.
    private static IEnumerable<DomainDisk> DisksOf(JsonElement domain) =>
        domain.TryGetProperty("config", out var config) && config.TryGetProperty("disks", out var disks)
            ? disks.EnumerateArray()
                .Where(disk => disk.TryGetProperty("pdev_path", out var path) && path.ValueKind == JsonValueKind.String)
                .Select(disk => new DomainDisk(
                    domain.GetProperty("domid").GetInt32(),
                    disk.GetProperty("pdev_path").GetString()!,
                    disk.TryGetProperty("readwrite", out var readwrite) && readwrite.GetInt32() != 0))
            : [];
}
