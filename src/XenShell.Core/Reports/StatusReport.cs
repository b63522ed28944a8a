using System.Text.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of list, status and uptime.</summary>
/// <param name="RefusedFiles">For staff: guests' files that grant nothing; null when there are none.</param>
public sealed record StatusReport(IReadOnlyList<GuestReport> Guests, IReadOnlyList<string>? RefusedFiles = null)
{
    public byte[] Json() => JsonBytes.Of(to =>
    {
        to.WriteStartObject();
        to.WriteStartArray("guests");
        foreach (var guest in Guests)
        {
            guest.Write(to);
        }

        to.WriteEndArray();
        if (RefusedFiles is not null)
        {
            to.WriteStartArray("refused_files");
            foreach (var file in RefusedFiles)
            {
                to.WriteStringValue(file);
            }

            to.WriteEndArray();
        }

        to.WriteEndObject();
    });

    /// <exception cref="JsonException">It is no such document; so too KeyNotFoundException and InvalidOperationException.</exception>
    public static StatusReport Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var report = document.RootElement;
        return new StatusReport(
            [.. report.GetProperty("guests").EnumerateArray().Select(GuestReport.Of)],
            report.TryGetProperty("refused_files", out var files) ? [.. files.EnumerateArray().Select(file => file.GetString()!)] : null);
    }
}
