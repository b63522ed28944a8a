using System.Text.Json;

namespace XenShell.Core.Json;

/// <summary>
/// What is written as a JSON object. By hand, without the serializer: before its first document that makes itself a
/// picture of every type in it, a third of all that a call of the gate costs.
/// </summary>
public interface IJsonObject
{
    /// <summary>Writes the members: names in snake_case; what is null is left out.</summary>
    void Write(Utf8JsonWriter to);
}
