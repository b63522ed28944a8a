using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Domains;

/// <summary>One line of the toolstack's list.</summary>
/// <param name="Id">domid; a guest that reboots gets a new one.</param>
/// <param name="Memory">MiB.</param>
/// <param name="CpuSeconds">CPU time used so far.</param>
/// <param name="Started">Unix time of its start; null when not known.</param>
public sealed record Domain(string Name, int Id, long Memory, int Vcpus, DomainState State, double CpuSeconds, long? Started = null) : IJsonObject
{
    private const string NoName = "(null)"; // xl's word for one that xenstore does not name: it is being made, or xenstored was lost

    private static readonly string[] MovedSuffixes = ["--incoming", "--migratedaway"];

    /// <summary>It runs, and nobody can say which guest it is: also with the empty name that libxl lets somebody give.</summary>
    public bool IsNameless => Name is NoName or "" && State is (DomainState.Running or DomainState.Paused or DomainState.Starting);

    /// <summary>The guest whose memory is coming in from another host under this name, or has gone there (xl_migrate.c); null for all others.</summary>
    public static string? MovedGuest(string name) =>
        MovedSuffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } found ? name[..^found.Length] : null;

    internal static Domain Of(JsonElement from) => new(
        from.Text("name"),
        (int)from.Number("id"),
        from.Number("memory"),
        (int)from.Number("vcpus"),
        (DomainState)from.Number("state"),
        from.GetProperty("cpu_seconds").GetDouble(),
        from.NumberOrNull("started"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("name", Name);
        to.Member("id", Id);
        to.Member("memory", Memory);
        to.Member("vcpus", Vcpus);
        to.Member("state", (int)State);
        to.Member("cpu_seconds", CpuSeconds);
        to.Member("started", Started);
    }
}
