using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Consoles;

/// <summary>Who is attached to a guest's console.</summary>
/// <param name="Since">Unix time.</param>
public sealed record ConsoleHolder(string User, long Since) : IJsonObject
{
    internal static ConsoleHolder Of(JsonElement from) => new(from.Text("user"), from.Number("since"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("user", User);
        to.Member("since", Since);
    }
}
