using System.Text.Json;
using XenShell.Core.Jobs;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>One job, for whoever may see it.</summary>
/// <param name="Kind">reimage or undo.</param>
/// <param name="State">waiting, building, built, swapping, done, failed, cancelled, cleared, or half-done: somebody has to decide.</param>
/// <param name="Phase">What it is doing; null when it is over.</param>
/// <param name="Created">Unix time, as Ended and KeptUntil.</param>
/// <param name="Result">What came of it.</param>
/// <param name="KnownHosts">Lines for known_hosts.</param>
/// <param name="KeptUntil">Until when the old system is kept.</param>
/// <param name="CanUndo">'reimage --undo' brings the old system back.</param>
/// <param name="Log">The last words of a build that failed.</param>
public sealed record JobReport(
    string Id,
    string Kind,
    string Guest,
    string User,
    string State,
    string? Image,
    string? Reason,
    string? Phase,
    int? Percent,
    long Created,
    long? Ended,
    string? Result,
    IReadOnlyList<string>? Fingerprints,
    IReadOnlyList<string>? KnownHosts,
    long? KeptUntil,
    bool CanUndo,
    IReadOnlyList<string>? Log) : IJsonObject
{
    private const int LastWords = 8; // of a build that failed

    internal static JobReport Of(JsonElement from) => new(
        from.Text("id"),
        from.Text("kind"),
        from.Text("guest"),
        from.Text("user"),
        from.Text("state"),
        from.TextOrNull("image"),
        from.TextOrNull("reason"),
        from.TextOrNull("phase"),
        (int?)from.NumberOrNull("percent"),
        from.Number("created"),
        from.NumberOrNull("ended"),
        from.TextOrNull("result"),
        from.TextsOrNull("fingerprints"),
        from.TextsOrNull("known_hosts"),
        from.NumberOrNull("kept_until"),
        from.GetProperty("can_undo").GetBoolean(),
        from.TextsOrNull("log"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("id", Id);
        to.Member("kind", Kind);
        to.Member("guest", Guest);
        to.Member("user", User);
        to.Member("state", State);
        to.Member("image", Image);
        to.Member("reason", Reason);
        to.Member("phase", Phase);
        to.Member("percent", Percent);
        to.Member("created", Created);
        to.Member("ended", Ended);
        to.Member("result", Result);
        to.Member("fingerprints", Fingerprints);
        to.Member("known_hosts", KnownHosts);
        to.Member("kept_until", KeptUntil);
        to.WriteBoolean("can_undo", CanUndo);
        to.Member("log", Log);
    }

    /// <param name="canUndo">Its old system can come back.</param>
    public static JobReport Of(JobStore store, Job job, bool canUndo)
    {
        var progress = job.IsOver ? null : store.Progress(job.Id);
        return new JobReport(
            job.Id,
            JobWords.Of(job.Kind),
            job.Guest,
            job.User,
            JobWords.Of(job, !job.IsOver && store.IsAlive(job.Id)),
            job.Image,
            job.Reason,
            progress?.Phase,
            progress?.Percent,
            job.Created,
            job.Ended,
            job.Result,
            job.Fingerprints.Count > 0 ? job.Fingerprints : null,
            job.KnownHosts.Count > 0 ? job.KnownHosts : null,
            job.IsSettled ? null : job.KeptUntil,
            canUndo,
            job is { Stage: JobStage.Failed, Kind: JobKind.Reimage } && store.LogTail(job.Id, LastWords) is { Count: > 0 } words ? words : null);
    }
}
