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
/// 3. Nothing of one guest may keep it from the others.
/// </summary>
public sealed class Reaper(HostLayout layout, JobStore store, TimeSpan keepOld)
{
    private readonly JobRecovery recovery = new(layout, store, keepOld);

    /// <param name="now">Unix time.</param>
    /// <returns>What was done, and what could not be: for the administrator.</returns>
    public IEnumerable<(string Text, bool IsFailure)> Run(long now)
    {
        foreach (var job in store.All())
        {
            foreach (var said in Reap(job, now))
            {
                yield return said;
            }
        }
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
            else if (IsPastItsTime(known, now))
            {
                RemoveOld(known, said);
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

    private bool IsDue(Job job, long now) => job.IsOver ? IsPastItsTime(job, now) || IsForgotten(job, now) : !store.IsAlive(job.Id);

    private static bool IsPastItsTime(Job job, long now) => job is { Stage: JobStage.Done, IsSettled: false } && job.KeptUntil <= now;

    private static bool IsForgotten(Job job, long now) => (job.Stage != JobStage.Done || job.IsSettled) && job.Ended < now - (long)Waits.JobsAreKept.TotalSeconds;

    private void RemoveOld(Job job, List<(string Text, bool IsFailure)> said)
    {
        foreach (var step in job.Steps)
        {
            if (OldOf(job, step) is { } kind)
            {
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
