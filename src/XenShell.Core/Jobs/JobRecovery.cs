using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Core.Jobs;

/// <summary>
/// Puts right what a job left behind whose worker was killed, as far as that takes nobody's decision. Its
/// mounts and loop devices went with its processes: they stood in a mount namespace of their own.
/// </summary>
public sealed class JobRecovery(HostLayout layout, JobStore store, TimeSpan keepOld)
{
    /// <summary>The caller holds the guest's lock.</summary>
    /// <returns>The job as it is now: over, alive, or halfway through a swap.</returns>
    /// <exception cref="IOException">It could not be put right now; nothing is lost, and the next try may.</exception>
    public Job Settle(Job seen)
    {
        if (seen.IsOver)
        {
            return seen;
        }

        using var mine = store.TryLock(seen.Id);
        if (mine is null || store.Find(seen.Id) is not { IsOver: false } job)
        {
            return seen; // at work, or just ended
        }

        return job.Stage == JobStage.Swapping ? SettleSwap(job) : Interrupted(job);
    }

    private Job SettleSwap(Job job) => new Swap(layout, job.Steps).State() switch
    {
        SwapState.Untouched or SwapState.Abandoned => Interrupted(job),
        SwapState.Done => End(Finished(job, "was interrupted when all was done", keepOld)),
        _ => job,
    };

    /// <summary>A job whose swap is done.</summary>
    public static Job Finished(Job job, string result, TimeSpan keepOld)
    {
        var now = DateTimeOffset.UtcNow;
        return job with { Stage = JobStage.Done, Ended = now.ToUnixTimeSeconds(), Result = result, KeptUntil = (now + keepOld).ToUnixTimeSeconds() };
    }

    private Job Interrupted(Job job) => GiveUp(job, JobStage.Failed, $"was interrupted; {job.Guest} is as it was");

    /// <summary>
    /// Ends a job that has changed nothing of the guest: what it made goes. What cannot be removed now is nobody's hindrance, and
    /// tried again by the <see cref="Reaper"/>.
    /// </summary>
    /// <exception cref="IOException">That it is over cannot be written: it is as it was.</exception>
    public Job GiveUp(Job job, JobStage stage, string result)
    {
        // Secrets first, whatever comes. Then over, before any volume goes: a job that is not, and whose new ones are gone, would
        // keep the guest from booting.
        Attempt(job, () => RemoveWork(job));
        var over = job with { Stage = stage, Ended = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), Result = result, HasLeftovers = true };
        store.Write(over);
        var clean = over with { HasLeftovers = false };
        return Attempt(job, () => RemoveLeftovers(job)) && Attempt(job, () => store.Write(clean)) ? clean : over;
    }

    private bool Attempt(Job job, Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (IOException e)
        {
            store.Report(job, e);
            return false;
        }
    }

    /// <summary>Removes the volumes that the job has made, and nothing that has any other name; and what it worked with.</summary>
    /// <exception cref="IOException">Not all of it.</exception>
    public void RemoveLeftovers(Job job)
    {
        List<Action> removals = [.. (job.Kind == JobKind.Reimage ? job.Steps : []).Select(step => (Action)(() => RemoveNew(job, step))), () => RemoveWork(job)];
        var failures = new List<string>();
        foreach (var remove in removals)
        {
            try
            {
                remove();
            }
            catch (IOException e)
            {
                failures.Add(e.Message);
            }
        }

        if (failures.Count > 0)
        {
            throw new IOException(string.Join("; ", failures));
        }
    }

    private void RemoveNew(Job job, SwapStep step)
    {
        if (step.Incoming == VolumeKind.NameBeside(step.Current, "new", job.Id)
            && VolumeKind.Of(layout, step.Current) is { } kind && kind.Find(step.Incoming) is { } made && (step.IncomingIdentity is null || made.Identity == step.IncomingIdentity))
        {
            kind.Remove(step.Incoming);
        }
    }

    /// <summary>Writes the job's end.</summary>
    public Job End(Job job)
    {
        store.Write(job);
        if (job.Undoes is { } id && job.Stage == JobStage.Done && store.Find(id) is { } undone)
        {
            store.Write(undone with { IsSettled = true });
        }

        if (!Attempt(job, () => RemoveWork(job)))
        {
            job = job with { HasLeftovers = true };
            store.Write(job);
        }

        return job;
    }

    private void RemoveWork(Job job)
    {
        Folders.RemoveTree($"{layout.WorkFolder}/{job.Id}");
        RemoveTree(store.TreeOf(job.Id));
    }

    /// <summary>Removes what was unpacked, by rm(1): names in an archive may be any bytes.</summary>
    /// <exception cref="IOException">Not all of it.</exception>
    public static void RemoveTree(string path)
    {
        if (FileSystem.TryStatusOfEntry(path) is not null
            && Captured.Run("/usr/bin/rm", ["-rf", "--one-file-system", "--", path], [], Waits.Volumes) is { ExitCode: not 0 } result)
        {
            throw new IOException($"{path} cannot be removed: {PrintableText.Line(result.Error, Sizes.ToolstackDetail)}");
        }
    }
}
