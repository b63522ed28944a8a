using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of images: what one guest may get.</summary>
/// <param name="RefusedFiles">For staff: definitions that count for nothing; null when there are none.</param>
public sealed record ImagesReport(string Guest, IReadOnlyList<ImageReport> Images, IReadOnlyList<string>? RefusedFiles = null) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static ImagesReport Parse(byte[] json) => JsonText.Read(json, from =>
        new ImagesReport(from.Text("guest"), from.Objects("images", ImageReport.Of), from.TextsOrNull("refused_files")));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("guest", Guest);
        to.Member("images", Images);
        to.Member("refused_files", RefusedFiles);
    }
}
