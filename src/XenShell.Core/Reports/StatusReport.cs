using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of list, status and uptime.</summary>
/// <param name="RefusedFiles">For staff: guests' files that grant nothing; null when there are none.</param>
public sealed record StatusReport(IReadOnlyList<GuestReport> Guests, IReadOnlyList<string>? RefusedFiles = null) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static StatusReport Parse(byte[] json) =>
        JsonText.Read(json, from => new StatusReport(from.Objects("guests", GuestReport.Of), from.TextsOrNull("refused_files")));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("guests", Guests);
        to.Member("refused_files", RefusedFiles);
    }
}
