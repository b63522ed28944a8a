using System.Text.Json.Serialization;

namespace XenShell.Core.Jobs;

/// <summary>What the job store writes: snake_case names, stages and kinds by their names, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobProgress))]
internal sealed partial class JobJson : JsonSerializerContext;
