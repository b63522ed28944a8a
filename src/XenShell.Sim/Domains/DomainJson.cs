using System.Text.Json.Serialization;
using XenShell.Sim.Guests;

namespace XenShell.Sim.Domains;

/// <summary>The form of a domain's state file, and of the order that makes a guest.</summary>
[JsonSerializable(typeof(Domain))]
[JsonSerializable(typeof(DomainOrder))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class DomainJson : JsonSerializerContext;
