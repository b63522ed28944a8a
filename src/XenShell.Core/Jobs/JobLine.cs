using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Jobs;

/// <summary>
/// Which of the host's jobs build at the same time: everybody's first one before anybody's second, and of those first come, first
/// served. What is built holds no place, since it may wait for long until its guest is off; whoever was killed holds up nobody.
/// </summary>
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

        var others = store.All().Where(other => other.Id != job.Id && other.Stage is JobStage.Waiting or JobStage.Building && store.IsAlive(other.Id)).ToList();
        var own = Turn(job, others);
        var before = others.Count(other => other.Stage == JobStage.Building || Turn(other, others).CompareTo(own) < 0);
        if (before >= most)
        {
            return before - most + 1;
        }

        store.Write(job with { Stage = JobStage.Building });
        return 0;
    }

    // How many of the same login's are before it comes first: somebody with twenty guests would keep all others waiting.
    private static (int OfTheSame, long Created, string Id) Turn(Job job, List<Job> all) =>
        (all.Count(other => other.Uid == job.Uid && other.Id != job.Id && (other.Stage == JobStage.Building || IsOlder(other, job))), job.Created, job.Id);

    private static bool IsOlder(Job one, Job other) => (one.Created, one.Id).CompareTo((other.Created, other.Id)) < 0;
}
