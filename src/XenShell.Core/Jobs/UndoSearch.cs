using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Core.Jobs;

/// <summary>Finds what can be undone.</summary>
public static class UndoSearch
{
    /// <summary>The newest job of a guest whose old volumes are kept and whose new ones are in place; null when there is none.</summary>
    /// <param name="jobs">Of one guest, the newest first.</param>
    /// <exception cref="VolumeException">It cannot be said now.</exception>
    public static Job? Find(HostLayout layout, IReadOnlyList<Job> jobs, long now) =>
        jobs.FirstOrDefault(job => MayBe(job, now) && new Swap(layout, job.Steps).State() == SwapState.Done);

    /// <summary>As far as the file of the job tells, without a look at the volumes.</summary>
    public static bool MayBe(Job job, long now) => IsOpen(job) && job.KeptUntil > now;

    /// <summary>It has put something aside that nobody is known to have brought back or removed, in its time or past it.</summary>
    public static bool IsOpen(Job job) => job is { Stage: JobStage.Done, IsSettled: false, Steps.Count: > 0 };

    /// <summary>A volume that it put aside is there still.</summary>
    /// <exception cref="VolumeException">It cannot be said now.</exception>
    public static bool Keeps(HostLayout layout, Job job) =>
        job.Steps.Any(step => VolumeKind.Of(layout, step.Outgoing)?.Find(step.Outgoing)?.Identity == step.CurrentIdentity);

    /// <summary>The steps that take a job back: its old volumes come in, its new ones are kept beside.</summary>
    public static IReadOnlyList<SwapStep> Back(Job job, string id) =>
    [
        .. job.Steps.Select(step => new SwapStep(
            step.Current,
            step.Outgoing,
            VolumeKind.NameBeside(step.Current, "old", id),
            step.IncomingIdentity!,
            step.CurrentIdentity)),
    ];
}
