using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Jobs;

/// <summary>What a job is doing now; a file of its own that a crash may lose.</summary>
/// <param name="Percent">0 to 100, never falling.</param>
public sealed record JobProgress(string Phase, int Percent) : IJsonObject
{
    /// <summary>Of one that has told nothing yet.</summary>
    public static JobProgress Nothing { get; } = new("starting", 0);

    internal static JobProgress Of(JsonElement from) => new(from.Text("phase"), (int)from.Number("percent"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("phase", Phase);
        to.Member("percent", Percent);
    }
}
