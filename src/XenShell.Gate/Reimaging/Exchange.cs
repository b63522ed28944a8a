using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Reimaging;
using XenShell.Core.Toolstacks;
using XenShell.Core.Volumes;
using XenShell.Gate.Power;

namespace XenShell.Gate.Reimaging;

/// <summary>Puts a guest's new volumes in the place of its old ones, or back, with the guest off: the one thing that changes what it boots from.</summary>
internal sealed class Exchange(Act act, GuestJobs jobs)
{
    private bool wasUp;

    /// <param name="mayShutDown">A guest that runs is shut down, and booted afterwards.</param>
    /// <param name="find">The job as it stands on record now, under the guest's lock; throws where there is nothing to do any more.</param>
    /// <param name="isBack">Its swap is taken back.</param>
    internal (ExitCode, string?) Run(bool mayShutDown, Func<Job> find, bool isBack = false)
    {
        Job job;
        long? booted = null;
        string? failure = null;
        using (TakeWithGuestOff(mayShutDown))
        {
            try
            {
                job = Swap(find(), isBack);
            }
            catch (GateRefusal e) when (wasUp && e.Code != ExitCode.Busy && jobs.Store.Of(act.Name).All(known => known.Stage != JobStage.Swapping))
            {
                BootAgain(out _, out _); // it was taken down for what does not happen
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

    private void BootAgain(out long? logOffset, out string? failure)
    {
        (logOffset, failure) = (null, null);
        try
        {
            using var disks = Creation.RequireNobodyElse(act);
            logOffset = Creation.Begin(act, disks);
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
    }

    private Job Swap(Job job, bool isBack)
    {
        var swap = new Swap(act.Layout, job.Steps);
        if (swap.State() == SwapState.Untouched)
        {
            using var nobodyHasThem = Creation.RequireNobodyElse(act);
        }

        RequireOff();

        if (isBack)
        {
            Move(job, swap.Back);
            return jobs.Recovery.GiveUp(job, JobStage.Failed, "was cut off and taken back; all is as it was");
        }

        var ongoing = job with { Stage = JobStage.Swapping };
        jobs.Store.Write(ongoing);
        Move(ongoing, swap.Forward);
        return jobs.Recovery.End(JobRecovery.Finished(ongoing, job.Kind == JobKind.Undo ? $"has the system from before {job.Undoes} again" : $"has its new system, {job.Image}", act.Policy.Settings.KeepOld));
    }

    private void Move(Job job, Action move)
    {
        try
        {
            move();
        }
        catch (VolumeException e)
        {
            throw jobs.Recovery.Settle(job) is { IsOver: true } over
                ? Act.Refusal(ExitCode.Failed, $"{act.Name}: the exchange of its disks {over.Result}", e.Message)
                : Act.Refusal(ExitCode.Failed, $"{jobs.HalfDone(job).Message}", e.Message);
        }
    }

    // The lock is not held while the guest takes its time, so that somebody who loses patience can cut its power.
    private GuestLock TakeWithGuestOff(bool mayShutDown)
    {
        GuestLock? held = act.Lock();
        try
        {
            var domain = act.RequireState();
            if (domain is { State: DomainState.Running })
            {
                if (!mayShutDown)
                {
                    throw IsRunning(act);
                }

                using var departure = Departure.Begin(act, domain);
                held.Dispose();
                held = null;
                Await(departure);
                wasUp = true;
                held = act.Lock();
            }

            Creation.RequireGone(act, domain is { State: DomainState.Running } ? act.RequireState() : domain);
            RequireOff();
            return held;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    internal static GateRefusal IsRunning(Act act) =>
        Act.Refusal(ExitCode.WrongState, $"{act.Name} is running; --shutdown shuts it down for this, and boots it afterwards", "wrong state: running");

    private void Await(Departure departure)
    {
        GuestRequest.AwaitAnswer(departure.Request);
        var time = act.Policy.Settings.ShutdownTimeout;
        act.Output.Say($"{act.Name} was asked to shut down; waiting up to {time.TotalSeconds:0} s");
        if (departure.Await(time, isPromised: true) is not (DepartureEnd.Off or DepartureEnd.Down) and var end)
        {
            throw Act.Refusal(ExitCode.Failed, end == DepartureEnd.TimedOut ? $"{act.Name} has not shut down within {time.TotalSeconds:0} s" : $"{act.Name} did not shut down", $"{end}");
        }
    }

    private void RequireOff()
    {
        if (act.States.Now(act.Name) is not null)
        {
            throw Act.Refusal(ExitCode.WrongState, $"{act.Name} has been booted meanwhile; nothing was exchanged", "booted meanwhile");
        }
    }
}
