using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Native;

namespace XenShell.Worker;

/// <summary>
/// The disks are whole: now the gate is asked to put them in place, as it would be by whoever ordered the job, and judges
/// anew whether that one still may. Who takes the guest down, exchanges its disks and boots it is the gate, under the guest's
/// lock; this waits for it, whatever it takes.
/// </summary>
internal sealed class HandOver(HostLayout layout, JobStore store, Tools tools, Progress progress)
{
    private const string Complaint = "xen-shell: ";

    /// <param name="end">Ends the job, which has changed nothing then.</param>
    internal ExitCode Run(Job job, Action<JobStage, string> end)
    {
        progress.Begin("exchanging the disks", 98, 100);
        progress.IsCancellable = false;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (code, said) = Ask(job);
            if (store.Find(job.Id) is not { Stage: JobStage.Built })
            {
                return code; // it is over, or halfway: then somebody has to decide
            }

            if (store.CancelledBy(job.Id) is { } user)
            {
                end(JobStage.Cancelled, $"cancelled by {user}; {job.Guest} is as it was");
                return ExitCode.Failed;
            }

            if (code != ExitCode.Busy || watch.Elapsed > WorkerLimits.GuestBusy)
            {
                end(JobStage.Failed, $"{said ?? $"the disks were not exchanged (exit {(int)code})"}; {job.Guest} has its old disk still");
                return ExitCode.Failed;
            }

            Poll.Pause(WorkerLimits.GuestTick);
        }
    }

    private (ExitCode Code, string? Complaint) Ask(Job job)
    {
        try
        {
            string? said = null;
            var code = tools.Run(
                layout.Gate,
                ["reimage", job.Guest, "--resume"],
                [$"SUDO_UID={job.Uid}", $"SUDO_USER={job.User}"],
                line => said ??= line.StartsWith(Complaint, StringComparison.Ordinal) ? line[Complaint.Length..] : null);
            return ((ExitCode)code, said);
        }
        catch (IOException e)
        {
            store.Log(job.Id, e.Message);
            return (ExitCode.Failed, "the gate could not be asked");
        }
    }
}
