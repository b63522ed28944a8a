using XenShell.Core.Limits;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Core.Jobs;

/// <summary>
/// Takes away what jobs leave: old volumes past their time, what a killed worker has made, jobs of long ago.
///
/// 1. It MUST remove no volume but one that a finished job has put aside under a name of its own, and that is the very one still.
/// 2. It MUST hold the guest's lock while it looks and removes.
/// 3. It MUST leave what anybody uses, or would when booted, and what another job of the guest's is about.
/// 4. Nothing of one guest may keep it from the others.
/// </summary>
/// <param name="userOf">Who would miss a volume, by its path; null when nobody would; see <see cref="Disks.DiskUsers"/>.</param>
public sealed class Reaper(HostLayout layout, JobStore store, TimeSpan keepOld, Func<string, string?> userOf)
{
    private readonly JobRecovery recovery = new(layout, store, keepOld);

    /// <param name="now">Unix time.</param>
    /// <returns>What was done, and what could not be: for the administrator.</returns>
    public IEnumerable<(string Text, bool IsFailure)> Run(long now)
    {
        var jobs = store.All(out var unreadable);
        foreach (var problem in unreadable)
        {
            yield return (problem, true);
        }

        foreach (var job in jobs)
        {
            foreach (var said in Reap(job, now))
            {
                yield return said;
            }
        }
    }

    /// <summary>Removes what a job has put aside before its time, as an administrator wishes.</summary>
    /// <returns>What was removed; nothing where it keeps nothing.</returns>
    /// <exception cref="IOException">It cannot be, or must not.</exception>
    /// <exception cref="GuestBusyException">Somebody is at work on the guest.</exception>
    public IReadOnlyList<string> Drop(Job seen)
    {
        var said = new List<(string Text, bool IsFailure)>();
        using var held = GuestLock.Take(layout, GuestName.Parse(seen.Guest), ThisProcess.EffectiveUid, "root", "job drop");
        if (store.Find(seen.Id) is { Stage: JobStage.Done, IsSettled: false } job)
        {
            if (store.Of(GuestName.Parse(job.Guest)).Any(other => !other.IsOver))
            {
                throw new IOException($"another job of {job.Guest} is under way");
            }

            RemoveOld(job, said);
        }

        return [.. said.Select(one => one.Text)];
    }

    private List<(string Text, bool IsFailure)> Reap(Job job, long now)
    {
        var said = new List<(string Text, bool IsFailure)>();
        try
        {
            if (!GuestName.TryParse(job.Guest, out var guest) || !IsDue(job, now))
            {
                return said;
            }

            using var held = GuestLock.Take(layout, guest, ThisProcess.EffectiveUid, "root", "reap");
            if (store.Find(job.Id) is not { } known)
            {
                return said;
            }

            if (!known.IsOver)
            {
                if (recovery.Settle(known) is { IsOver: true } settled)
                {
                    said.Add(($"job {job.Id} of {job.Guest} {settled.Result}", false));
                }
            }
            else if (known.HasLeftovers)
            {
                RemoveLeftovers(known, said);
            }
            else if (IsPastItsTime(known, now))
            {
                if (store.Of(guest).All(other => other.IsOver))
                {
                    RemoveOld(known, said);
                }
            }
            else if (IsForgotten(known, now))
            {
                store.Remove(known.Id);
            }
        }
        catch (GuestBusyException)
        {
            // the next time
        }
        catch (IOException e)
        {
            said.Add(($"job {job.Id} of {job.Guest}: {e.Message}", true));
        }

        return said;
    }

    // Of a job that is done, its new volumes are in their place, and have another name.
    private void RemoveLeftovers(Job job, List<(string Text, bool IsFailure)> said)
    {
        recovery.RemoveLeftovers(job);
        store.Write(job with { HasLeftovers = false });
        said.Add(($"what job {job.Id} of {job.Guest} had left behind was removed", false));
    }

    private bool IsDue(Job job, long now) => job.IsOver ? job.HasLeftovers || IsPastItsTime(job, now) || IsForgotten(job, now) : !store.IsAlive(job.Id);

    private static bool IsPastItsTime(Job job, long now) => job is { Stage: JobStage.Done, IsSettled: false } && job.KeptUntil <= now;

    private static bool IsForgotten(Job job, long now) => (job.Stage != JobStage.Done || job.IsSettled) && job.Ended < now - (long)Waits.JobsAreKept.TotalSeconds;

    private void RemoveOld(Job job, List<(string Text, bool IsFailure)> said)
    {
        foreach (var step in job.Steps)
        {
            if (OldOf(job, step) is { } kind)
            {
                if (userOf(step.Outgoing) is { } user)
                {
                    throw new IOException($"{step.Outgoing} is not removed: it is in use ({user})");
                }

                kind.Remove(step.Outgoing);
                said.Add(($"{step.Outgoing} was removed: {job.Guest} has had its new system since job {job.Id}", false));
            }
        }

        store.Write(job with { IsSettled = true });
    }

    private VolumeKind? OldOf(Job job, SwapStep step) =>
        step.Outgoing == VolumeKind.NameBeside(step.Current, "old", job.Id)
        && VolumeKind.Of(layout, step.Current) is { } kind && kind.Find(step.Outgoing)?.Identity == step.CurrentIdentity
            ? kind
            : null;
}
