using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Admin;

/// <summary>
/// job clear: for a job whose disks somebody else has moved, so that it goes neither on nor back. It takes the job off the list, says
/// where its disks should be, and touches none.
/// </summary>
internal static class JobClearCommand
{
    internal static ExitCode Run(HostLayout layout, string id)
    {
        var store = new JobStore(layout);
        if (!JobId.IsValid(id))
        {
            return Say.NoSuchJob(id);
        }

        Job? job;
        try
        {
            job = store.Find(id);
        }
        catch (IOException e) when (e is not ErrnoException)
        {
            AuditLog.OfTheHost(layout).Problem($"job {id}, which could not be read, was put away by root");
            Say.Line($"it cannot be read ({e.Message}) and is {store.PutAway(id)} now; what it did to which disks is in the record");
            return ExitCode.Done;
        }

        return job is null ? Say.NoSuchJob(id) : Clear(layout, store, job);
    }

    private static ExitCode Clear(HostLayout layout, JobStore store, Job seen)
    {
        var id = seen.Id;
        using var held = GuestLock.Take(layout, GuestName.Parse(seen.Guest), ThisProcess.EffectiveUid, "root", "job clear");
        if (store.Find(id) is not { } job || (job.IsOver && !UndoSearch.IsOpen(job)))
        {
            Say.Error($"job {id} is over");
            return ExitCode.WrongState;
        }

        if (job.IsOver)
        {
            return Forget(layout, store, job);
        }

        using var mine = store.TryLock(id);
        if (mine is null)
        {
            Say.Error($"job {id} is at work; 'jobs {id} --cancel' ends it");
            return ExitCode.Busy;
        }

        AuditLog.OfTheHost(layout).Problem($"job {id} of {job.Guest} was cleared by root");
        store.Write(job with { Stage = JobStage.Cleared, Ended = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), Result = "was taken off the list by the administrator" });
        foreach (var step in job.Steps)
        {
            Say.Line($"{job.Guest} boots from {step.Current}; the old disk was to become {step.Outgoing}, the new one was {step.Incoming}");
        }

        return ExitCode.Done;
    }

    // What it put aside is nobody's to look after any more: its storage may have been given up, with all that was on it.
    private static ExitCode Forget(HostLayout layout, JobStore store, Job job)
    {
        AuditLog.OfTheHost(layout).Problem($"what job {job.Id} of {job.Guest} has put aside was taken off the list by root");
        store.Write(job with { IsSettled = true });
        foreach (var step in job.Steps)
        {
            Say.Line($"{step.Outgoing} is kept for nobody any more, and not removed");
        }

        return ExitCode.Done;
    }
}
