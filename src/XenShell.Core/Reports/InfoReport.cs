using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of info.</summary>
/// <param name="Commands">The commands that this user may use on it, blacklists considered.</param>
/// <param name="ConfiguredMemoryMib">What it gets at its next boot.</param>
public sealed record InfoReport(
    GuestReport Guest,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Addresses,
    long? ConfiguredMemoryMib,
    long? ConfiguredVcpus) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static InfoReport Parse(byte[] json) => JsonText.Read(json, from => new InfoReport(
        GuestReport.Of(from.GetProperty("guest")),
        from.TextsOrNull("commands") ?? [],
        from.TextsOrNull("addresses") ?? [],
        from.NumberOrNull("configured_memory_mib"),
        from.NumberOrNull("configured_vcpus")));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("guest", Guest);
        to.Member("commands", Commands);
        to.Member("addresses", Addresses);
        to.Member("configured_memory_mib", ConfiguredMemoryMib);
        to.Member("configured_vcpus", ConfiguredVcpus);
    }
}
