using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Jobs;

/// <summary>Which of the host's jobs build at the same time: first come, first served. Whoever was killed holds up nobody.</summary>
/// <param name="most">How many may.</param>
public sealed class JobLine(HostLayout layout, JobStore store, int most)
{
    /// <summary>For a worker, which holds the job's own lock.</summary>
    /// <returns>How many jobs are before it; with none of them too many it is building now, and 0 is returned.</returns>
    /// <exception cref="IOException">The line's lock is held by somebody for long.</exception>
    public int Enter(Job job)
    {
        Folders.Create(layout.RunFolder);
        using var turn = FileSystem.OpenOrCreate($"{layout.RunFolder}/jobs.lock");
        if (!turn.TryLock(Waits.Records))
        {
            throw new IOException("somebody keeps the lock of the jobs' line");
        }

        var before = store.All().Count(other => IsBefore(other, job) && store.IsAlive(other.Id));
        if (before >= most)
        {
            return before - most + 1;
        }

        store.Write(job with { Stage = JobStage.Building });
        return 0;
    }

    private static bool IsBefore(Job other, Job job) =>
        other.Id != job.Id && !other.IsOver
        && (other.Stage != JobStage.Waiting || (other.Created, other.Id).CompareTo((job.Created, job.Id)) < 0);
}
