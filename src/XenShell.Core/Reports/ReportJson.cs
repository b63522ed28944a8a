using System.Text.Json.Serialization;
using XenShell.Core.Consoles;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Reports;

/// <summary>All JSON of the programs: snake_case names, nulls left out, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InfoReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(LogReport))]
[JsonSerializable(typeof(WhoamiReport))]
[JsonSerializable(typeof(SnapshotData<Traffic>))]
[JsonSerializable(typeof(WatchReport))]
[JsonSerializable(typeof(ConsoleHolder))]
[JsonSerializable(typeof(LogHolding))]
[JsonSerializable(typeof(Locks.LockHolder))]
public sealed partial class ReportJson : JsonSerializerContext;
