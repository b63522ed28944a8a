using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Native;
using XenShell.Core.Reimaging;
using XenShell.Core.Toolstacks;
using XenShell.Core.Volumes;
using XenShell.Gate.Power;

namespace XenShell.Gate.Reimaging;

/// <summary>
/// Puts a guest's new volumes in the place of its old ones, or back, with the guest off: the one thing that changes what it boots from.
///
/// 1. It MUST move no disk but those that the guest's own file names at this moment, and while nobody else has or gets them.
/// 2. A guest that it takes down MUST be booted again, whatever comes of it, unless its disks are halfway.
/// </summary>
internal sealed class Exchange(Act act, GuestJobs jobs)
{
    private bool wasUp;

    /// <param name="mayShutDown">A guest that runs is shut down, and booted afterwards.</param>
    /// <param name="find">The job as it stands on record now, or a new one that is not on record yet, under the guest's lock; throws where there is nothing to do any more.</param>
    /// <param name="isBack">Its swap is taken back.</param>
    internal (ExitCode, string?) Run(bool mayShutDown, Func<Job> find, bool isBack = false)
    {
        Job job;
        long? booted = null;
        string? failure = null;
        using (TakeWithGuestOff(mayShutDown, find, isBack))
        {
            try
            {
                job = Swap(find(), isBack);
            }
            catch (Exception) when (wasUp && IsInPlace())
            {
                BootForNothing();
                throw;
            }

            if (job.Boots || wasUp)
            {
                BootAgain(out booted, out failure);
            }
        }

        act.Output.Say($"{act.Name} {job.Result}");
        if (failure is not null)
        {
            throw Act.Refusal(ExitCode.Failed, $"{failure}\n{act.Name} is off; 'boot {act.Name}' tries again", $"job {job.Id} is done, and the guest was not booted");
        }

        return booted is { } logOffset ? BootWatch.Of(act, logOffset, "is running") : (ExitCode.Done, $"job {job.Id}: {job.Result}");
    }

    // It was taken down for what does not happen.
    private void BootForNothing()
    {
        BootAgain(out _, out var failure);
        act.News.Add(failure is null ? $"{act.Name} is booted again" : $"{failure}\n{act.Name} is off; 'boot {act.Name}' tries again");
    }

    // What the volumes say counts: the record may not have been written for want of room.
    private bool IsInPlace()
    {
        try
        {
            return jobs.Store.Of(act.Name).Where(known => known.Stage == JobStage.Swapping)
                .All(known => new Swap(act.Layout, known.Steps).State() is SwapState.Untouched or SwapState.Abandoned or SwapState.Done);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void BootAgain(out long? logOffset, out string? failure)
    {
        (logOffset, failure) = (null, null);
        try
        {
            using var disks = Creation.RequireNobodyElse(act);
            logOffset = Creation.Begin(act, disks, wasUp);
        }
        catch (GateRefusal e)
        {
            failure = e.Message;
            act.Report($"{act.Name} was not booted after the exchange of its disks: {e.Reason}");
        }
        catch (ToolstackException e)
        {
            failure = act.Refusal(e).Message;
            act.Report($"{act.Name} was not booted after the exchange of its disks: {e.Message}: {e.Detail}");
        }
        catch (IOException e)
        {
            failure = "something went wrong on this host; please tell its administrator";
            act.Report($"{act.Name} was not booted after the exchange of its disks: {e.Message}");
        }
    }

    private Job Swap(Job job, bool isBack)
    {
        RequireItsDisks(job, isBack);
        var swap = new Swap(act.Layout, job.Steps);
        var state = swap.State();
        using var nobodyHasThem = state is SwapState.Untouched or SwapState.Done ? Creation.RequireNobodyElse(act) : null;
        if (act.States.Now(act.Name) is not null)
        {
            throw BootedMeanwhile();
        }

        if (swap.State() != state || state == SwapState.Abandoned || (job.Stage == JobStage.Built && state != SwapState.Untouched))
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its disk is no longer the one that {JobWords.Of(job.Kind)} {job.Id} is about", $"job {job.Id}: its volumes are {state}");
        }

        SavedState.PutAside(act, "gets other disks");
        if (isBack)
        {
            Move(job, swap, swap.Back);
            const string taken = "was cut off and taken back; all is as it was";
            return TryEnd(() => jobs.Recovery.GiveUp(job, JobStage.Failed, taken), job with { Result = taken });
        }

        var ongoing = job with { Stage = JobStage.Swapping };
        jobs.Prune();
        jobs.Store.WriteOrCreate(ongoing);
        Move(ongoing, swap, swap.Forward);
        var done = JobRecovery.Finished(ongoing, job.Kind == JobKind.Undo ? $"has the system from before {job.Undoes} again" : $"has its new system, {job.Image}", act.Policy.Settings.KeepOld);
        return TryEnd(() => jobs.Recovery.End(done), done);
    }

    // The disks are where they belong, which the next command finds and notes: the guest is not left off for a full disk of the host's.
    private Job TryEnd(Func<Job> end, Job ended)
    {
        try
        {
            return end();
        }
        catch (IOException e)
        {
            act.Report($"job {ended.Id} of {ended.Guest} {ended.Result}, which could not be noted: {e.Message}");
            return ended;
        }
    }

    // A guest's name may lead to another file by now, and the disks of the one that this was ordered for be another guest's.
    private void RequireItsDisks(Job job, bool isBack)
    {
        if (!act.Standing!.IsStaff && !job.IsOf(jobs.Owners))
        {
            throw Act.Refusal(ExitCode.WrongState, $"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} is of a former owner's time; please tell the administrator", "ordered in a former owner's time");
        }

        var own = GuestDisk.SomeOf(act.Guest).Where(disk => disk is { IsWritable: true, IsPlain: true, Backend: null }).Select(disk => VolumeKind.NameOf(disk.Target)).ToList();
        if (job.Steps.FirstOrDefault(step => !own.Contains(step.Current)) is { } foreign)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its file names other disks than those that {JobWords.Of(job.Kind)} {job.Id} is about; please tell the administrator", $"{foreign.Current} is no disk of {act.Guest.File} any more");
        }

        if ((isBack ? job.Steps.Select(step => step.Outgoing) : job.Kind == JobKind.Undo ? job.Steps.Select(step => step.Incoming) : []).FirstOrDefault(IsInUse) is { } used)
        {
            throw Act.Refusal(ExitCode.Busy, $"{act.Name}: the disk that it would get back is in use; please tell the administrator, whose record says by whom", $"{used} is in use");
        }
    }

    // Its earlier disk may have been attached elsewhere, or mounted, to look for something.
    private bool IsInUse(string volume)
    {
        if (new DiskUsers(act.Layout, act.Policy.Catalog, act.Toolstack).Of(volume) is not { } user)
        {
            return false;
        }

        act.Report($"{volume}, which {act.Name} would get back, is in use: {user}");
        return true;
    }

    private void Move(Job job, Swap swap, Action move)
    {
        try
        {
            move();
        }
        catch (VolumeException e)
        {
            if (IsAsItWas(swap))
            {
                TryEnd(() => jobs.Recovery.GiveUp(job, JobStage.Failed, $"could not be done; {act.Name} is as it was"), job);
                throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its disks could not be exchanged, and are as they were; please tell the administrator, whose record says why", e.Message);
            }

            throw Act.Refusal(ExitCode.Failed, jobs.HalfDone(job).Message, e.Message);
        }
    }

    // What has moved goes back, as far as it can.
    private static bool IsAsItWas(Swap swap)
    {
        try
        {
            swap.Back();
            return true;
        }
        catch (VolumeException)
        {
            return false;
        }
    }

    // The lock is not held while the guest takes its time, so that somebody who loses patience can cut its power.
    private GuestLock TakeWithGuestOff(bool mayShutDown, Func<Job> find, bool isBack)
    {
        GuestLock? held = act.Lock();
        try
        {
            var domain = act.RequireState();
            if (domain is { State: DomainState.Running })
            {
                if (isBack)
                {
                    throw Act.Refusal(ExitCode.WrongState, $"{act.Name} is running on what was cut off halfway; 'reimage --resume {act.Name} --shutdown' makes it whole", "wrong state: running");
                }

                if (!mayShutDown)
                {
                    throw IsRunning(act);
                }

                RequireItsDisks(find(), isBack);
                Creation.RequireNobodyElse(act, domain).Dispose();
                using var departure = Departure.Begin(act, domain);
                held.Dispose();
                held = null;
                Await(departure);
                wasUp = true;
                held = act.Lock();
            }

            Creation.RequireGone(act, wasUp ? act.RequireState() : domain);
            RequireOff();
            return held;
        }
        catch (Exception)
        {
            BootAnyway(held);
            held?.Dispose();
            throw;
        }
    }

    // Also for one who may no longer: he took it down when he might.
    private void BootAnyway(GuestLock? held)
    {
        if (!wasUp)
        {
            return;
        }

        try
        {
            using var own = held is null ? GuestLock.Take(act.Layout, act.Name, act.Caller.Account.Uid, act.Caller.Account.Name, act.Request.Command.Name) : null;
            if (act.States.Now(act.Name) is null && IsInPlace())
            {
                BootForNothing();
            }
        }
        catch (Exception e) when (e is GuestBusyException or ToolstackException or IOException)
        {
            act.News.Add($"{act.Name} was shut down for this; 'boot {act.Name}' starts it, if nobody else does");
            act.Report($"{act.Name} was shut down for an exchange of its disks, and may be off: {e.Message}");
        }
    }

    internal static GateRefusal IsRunning(Act act) =>
        Act.Refusal(ExitCode.WrongState, $"{act.Name} is running; --shutdown shuts it down for this, and boots it afterwards", "wrong state: running");

    private void Await(Departure departure)
    {
        GuestRequest.AwaitAnswer(departure.Request);
        var time = act.Policy.Settings.ShutdownTimeout;
        act.Output.Say($"{act.Name} was asked to shut down; waiting up to {time.TotalSeconds:0} s");
        if (departure.Await(time, isPromised: true, isForUs: true) is not (DepartureEnd.Off or DepartureEnd.Down) and var end)
        {
            throw Act.Refusal(ExitCode.Failed, end == DepartureEnd.TimedOut ? $"{act.Name} has not shut down within {time.TotalSeconds:0} s; it may do so still; 'poweroff {act.Name}' cuts its power" : $"{act.Name} did not shut down", $"{end}");
        }
    }

    // Between two lives of a guest that reboots by itself there is no domain, and xl's own process of it, which makes the
    // next one, has its disks' claim. A process that lasts longer is something else that a script of the host's left there.
    private void RequireOff()
    {
        var watch = Stopwatch.StartNew();
        while (act.States.Now(act.Name) is null)
        {
            if (!DiskClaim.IsHeld(act.Layout, act.Name) || watch.Elapsed > GateLimits.BetweenLives)
            {
                return;
            }

            Poll.Pause(GateLimits.Tick);
        }

        throw BootedMeanwhile();
    }

    private GateRefusal BootedMeanwhile() =>
        Act.Refusal(ExitCode.WrongState, $"{act.Name} has been booted meanwhile; nothing was exchanged", "booted meanwhile");
}
