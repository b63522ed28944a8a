using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The gate's answer to guests.</summary>
public sealed record OwnGuestsReport(IReadOnlyList<OwnGuest> Guests) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static OwnGuestsReport Parse(byte[] json) => JsonText.Read(json, from => new OwnGuestsReport(from.Objects("guests", OwnGuest.Of)));

    public void Write(Utf8JsonWriter to) => to.Member("guests", Guests);
}
