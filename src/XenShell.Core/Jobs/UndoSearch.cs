using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Core.Jobs;

/// <summary>Finds what can be undone. What a job put aside can come back whatever has come after it: what is there then is put aside in turn.</summary>
public static class UndoSearch
{
    /// <summary>Those whose old system can come back. Where that cannot be said, it cannot.</summary>
    /// <param name="jobs">Of one guest.</param>
    public static IEnumerable<Job> Among(HostLayout layout, IEnumerable<Job> jobs, long now) =>
        jobs.Where(job => IsOpen(job) && job.KeptUntil > now && job.Steps.All(step => IsThere(layout, step)));

    /// <summary>It has put something aside that nobody is known to have brought back or removed, in its time or past it.</summary>
    public static bool IsOpen(Job job) => job is { Stage: JobStage.Done, IsSettled: false, Steps.Count: > 0 };

    /// <summary>A volume that it put aside is there still.</summary>
    public static bool Keeps(HostLayout layout, Job job) => job.Steps.Any(step => IsThere(layout, step));

    /// <summary>The steps that take a job back: its old volumes come in, and what is there now is kept beside.</summary>
    /// <exception cref="VolumeException">What is there now cannot be said, or nothing is.</exception>
    public static IReadOnlyList<SwapStep> Back(HostLayout layout, Job job, string id) =>
    [
        .. job.Steps.Select(step => new SwapStep(
            step.Current,
            step.Outgoing,
            VolumeKind.NameBeside(step.Current, "old", id),
            VolumeKind.Of(layout, step.Current)?.Find(step.Current)?.Identity ?? throw new VolumeException($"{step.Current} is gone"),
            step.CurrentIdentity)),
    ];

    // A folder or group may be gone for good, with the guest that was moved elsewhere.
    private static bool IsThere(HostLayout layout, SwapStep step)
    {
        try
        {
            return VolumeKind.Of(layout, step.Outgoing)?.Find(step.Outgoing)?.Identity == step.CurrentIdentity;
        }
        catch (VolumeException)
        {
            return false;
        }
    }
}
