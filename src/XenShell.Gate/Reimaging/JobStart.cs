using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Native;

namespace XenShell.Gate.Reimaging;

/// <summary>
/// Starts the worker of a job where no log-in ends it and no guest notices it: as a transient service of its own slice where
/// systemd runs, elsewhere in a session of its own. Its mounts are the host's: xl's own process of a guest that it boots outlives it, and what root unmounts must be unmounted there as well.
/// </summary>
internal static class JobStart
{
    private const string SystemdRun = "/usr/bin/systemd-run";
    private static readonly string[] Environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"];

    /// <exception cref="GateRefusal">It did not start; the job is over.</exception>
    internal static void Run(Act act, GuestJobs jobs, Job job)
    {
        string why;
        try
        {
            why = Start(act.Layout, job.Id) is { ExitCode: not 0 } failed ? failed.Error : "";
            var watch = Stopwatch.StartNew();
            while (why.Length == 0)
            {
                if (jobs.Store.IsAlive(job.Id) || jobs.Store.Find(job.Id) is { Stage: not JobStage.Waiting })
                {
                    return;
                }

                why = watch.Elapsed > GateLimits.JobStarts ? "the worker has not begun" : "";
                Poll.Pause(GateLimits.JobStartTick);
            }
        }
        catch (ErrnoException e)
        {
            why = e.Message;
        }

        using var mine = jobs.Store.TryLock(job.Id);
        if (mine is null)
        {
            return; // it came after all
        }

        jobs.Recovery.GiveUp(job, JobStage.Failed, $"could not be started; {job.Guest} is as it was");
        throw Act.Refusal(ExitCode.Failed, $"{act.Name}: the job could not be started; please tell the administrator, whose record says why", why);
    }

    private static Captured? Start(HostLayout layout, string id)
    {
        if (layout.RunsSystemd && FileSystem.TryStatus(SystemdRun) is not null)
        {
            return Captured.Run(
                SystemdRun,
                [
                    "--quiet", "--collect", "--no-ask-password", "--service-type=exec", $"--unit=xen-shell-job-{id}", "--slice=xenshell.slice", $"--description=xen-shell job {id}",
                    "--property=CPUWeight=20", "--property=IOWeight=20", "--property=MemoryMax=1G", "--property=OOMPolicy=kill",
                    "--", layout.Worker, id,
                ],
                Environment,
                GateLimits.JobStarts);
        }

        using var child = ChildProcess.Start(new SpawnRequest(layout.Worker, [layout.Worker, id], Environment) { NewSession = true });
        return null;
    }
}
