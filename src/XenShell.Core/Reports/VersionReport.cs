using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of version.</summary>
public sealed record VersionReport(string XenShell, string? Xen) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static VersionReport Parse(byte[] json) => JsonText.Read(json, from => new VersionReport(from.Text("xen_shell"), from.TextOrNull("xen")));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("xen_shell", XenShell);
        to.Member("xen", Xen);
    }
}
