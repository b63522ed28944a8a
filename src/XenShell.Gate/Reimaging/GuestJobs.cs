using XenShell.Core;
using XenShell.Core.Guests;
using XenShell.Core.Jobs;
using XenShell.Core.Printing;
using XenShell.Core.Reimaging;

namespace XenShell.Gate.Reimaging;

/// <summary>The jobs of one guest, put right where a worker was killed: as far as that takes nobody's decision.</summary>
internal sealed class GuestJobs
{
    private readonly Act act;

    internal GuestJobs(Act act)
    {
        this.act = act;
        Store = new JobStore(act.Layout);
        Recovery = new JobRecovery(act.Layout, Store, act.Policy.Settings.KeepOld);
    }

    internal JobStore Store { get; }

    /// <summary>Those of the time of its present owners, the newest first; for staff, all.</summary>
    internal IReadOnlyList<Job> Own => [.. Store.Of(act.Name).Where(job => act.Standing!.IsStaff || job.IsOf(Owners))];

    internal string[] Owners => GuestOwners.Of(act.Policy.Settings, act.Guest);

    internal JobRecovery Recovery { get; }

    /// <summary>To be called under the guest's lock.</summary>
    /// <returns>The one that is not over: at work, or halfway through a swap.</returns>
    internal Job? Open()
    {
        Job? open = null;
        foreach (var job in Store.Of(act.Name).Where(job => !job.IsOver))
        {
            var settled = Recovery.Settle(job);
            if (settled.IsOver)
            {
                act.News.Add($"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} {settled.Result}");
            }
            else
            {
                open = settled;
            }
        }

        return open;
    }

    /// <summary>
    /// Nothing may start the guest while its disks are being exchanged, or were left between two names; nor while a new one is built
    /// that could not take its place then.
    /// </summary>
    /// <exception cref="GateRefusal">So it is.</exception>
    internal void RequireDisksInPlace()
    {
        var open = Open();
        RequireOwnTime(open);
        switch (open)
        {
            case { Stage: JobStage.Swapping } job:
                throw HalfDone(job);
            case { ShutsDown: false } job:
                throw Act.Refusal(ExitCode.Busy, $"{act.Name} gets a new system just now; 'jobs {job.Id} --follow' shows how far it is, 'jobs {job.Id} --cancel' ends it", $"job {job.Id} is under way");
        }
    }

    /// <exception cref="GateRefusal">Another job of the guest's is not over.</exception>
    internal void RequireNone()
    {
        if (Open() is { } job)
        {
            RequireOwnTime(job);
            throw job.Stage == JobStage.Swapping && !Store.IsAlive(job.Id)
                ? HalfDone(job)
                : Act.Refusal(ExitCode.Busy, $"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} of {job.User} is under way; 'jobs {job.Id} --follow' shows how far it is", "another job");
        }
    }

    // What a former owner ordered is none of the present ones', who can neither see nor end it: it is ended for them.
    private void RequireOwnTime(Job? job)
    {
        if (job is null || act.Standing!.IsStaff || job.IsOf(Owners))
        {
            return;
        }

        if (job.Stage == JobStage.Swapping)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its disks were being exchanged in a former owner's time; please tell the administrator", $"job {job.Id} is of a former owner's time, and half-done");
        }

        Store.AskToCancel(job.Id, "root");
        throw Act.Refusal(ExitCode.Busy, $"{act.Name}: what a former owner had ordered is being ended; try again in a minute", $"job {job.Id} is of a former owner's time, and cancelled");
    }

    /// <summary>Each re-image leaves a disk behind for days: of one guest only so many, or its people could fill the host.</summary>
    /// <exception cref="GateRefusal">There are as many.</exception>
    internal void RequireRoomForAnother()
    {
        var owners = Owners;
        long[] kept = [.. Store.Of(act.Name).Where(job => UndoSearch.IsOpen(job) && job.IsOf(owners) && UndoSearch.Keeps(act.Layout, job)).Select(job => job.KeptUntil!.Value).Order()];
        if (kept.Length >= GateLimits.KeptSystems)
        {
            throw Act.Refusal(ExitCode.Busy, $"{act.Name}: {kept.Length} earlier systems of it are kept, the first until {UtcTime.Of(kept[0])}; 'reimage --undo {act.Name}' brings the last one back, and your provider can drop them before", "too many kept systems");
        }
    }

    /// <summary>Forgets the oldest of the guest's jobs that are over and keep nothing, where there are many.</summary>
    internal void Prune()
    {
        foreach (var job in Store.Of(act.Name).Where(job => job is { IsOver: true, HasLeftovers: false } && (job.Stage != JobStage.Done || job.IsSettled)).Skip(GateLimits.OldJobs))
        {
            Store.Remove(job.Id);
        }
    }

    internal GateRefusal HalfDone(Job job) => new Swap(act.Layout, job.Steps).State() == SwapState.Foreign
        ? Act.Refusal(ExitCode.Failed, $"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} was cut off, and its disks are not where that left them; please tell the administrator", $"job {job.Id}: a volume of its swap is gone, or another one has its name")
        : Act.Refusal(ExitCode.Busy, $"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} was cut off halfway; 'reimage --resume {act.Name}' goes on, 'reimage --undo {act.Name}' takes it back", $"job {job.Id} is half-done");
}
