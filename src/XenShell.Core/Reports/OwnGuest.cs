using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>One of the caller's guests.</summary>
/// <param name="Role">The word for what the caller is to it.</param>
public sealed record OwnGuest(string Name, string Role) : IJsonObject
{
    internal static OwnGuest Of(JsonElement from) => new(from.Text("name"), from.Text("role"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("name", Name);
        to.Member("role", Role);
    }
}
