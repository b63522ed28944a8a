using System.Text.Json;

namespace XenShell.Core.Reports;

/// <summary>The gate's answer to guests.</summary>
public sealed record OwnGuestsReport(IReadOnlyList<OwnGuest> Guests)
{
    public byte[] Json() => JsonBytes.Of(to =>
    {
        to.WriteStartObject();
        to.WriteStartArray("guests");
        foreach (var guest in Guests)
        {
            to.WriteStartObject();
            to.WriteString("name", guest.Name);
            to.WriteString("role", guest.Role);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteEndObject();
    });

    /// <exception cref="JsonException">As <see cref="StatusReport.Parse"/>.</exception>
    public static OwnGuestsReport Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return new OwnGuestsReport([.. document.RootElement.GetProperty("guests").EnumerateArray()
            .Select(guest => new OwnGuest(guest.GetProperty("name").GetString()!, guest.GetProperty("role").GetString()!))]);
    }
}
