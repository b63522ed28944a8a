using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Locks;

/// <summary>Who is at work on a guest.</summary>
/// <param name="Verb">What is being done.</param>
/// <param name="Since">Unix time.</param>
public sealed record LockHolder(string User, string Verb, long Since) : IJsonObject
{
    internal static LockHolder Of(JsonElement from) => new(from.Text("user"), from.Text("verb"), from.Number("since"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("user", User);
        to.Member("verb", Verb);
        to.Member("since", Since);
    }
}
