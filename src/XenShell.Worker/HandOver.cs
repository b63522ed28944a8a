using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Names;
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
        var watch = Stopwatch.StartNew();
        var cut = 0;
        while (true)
        {
            var (code, said) = Ask(job, ["reimage", job.Guest, "--resume"]);
            var stage = store.Find(job.Id)?.Stage;
            if (stage == JobStage.Swapping && code != ExitCode.Done && ++cut < WorkerLimits.CutExchanges)
            {
                continue; // the gate was killed on the way, and goes on from there
            }

            if (stage != JobStage.Built)
            {
                BootAgain(job, code); // it is over; halfway the gate boots nothing, and somebody has to decide
                return code;
            }

            var user = store.CancelledBy(job.Id);
            if (user is not null || code != ExitCode.Busy || watch.Elapsed > WorkerLimits.GuestBusy)
            {
                var isOver = TryEnd(job, () =>
                {
                    if (user is not null)
                    {
                        end(JobStage.Cancelled, $"cancelled by {user}; {job.Guest} is as it was");
                    }
                    else
                    {
                        end(JobStage.Failed, $"{said ?? $"the disks were not exchanged (exit {(int)code})"}; {job.Guest} has its old disk still");
                    }
                });
                if (isOver)
                {
                    if (user is null)
                    {
                        BootAgain(job, code);
                    }

                    return ExitCode.Failed;
                }
            }

            Poll.Pause(WorkerLimits.GuestTick);
        }
    }

    // Somebody may be at it just now, with this job: under the guest's lock it is seen what has become of it.
    private bool TryEnd(Job job, Action end)
    {
        try
        {
            using var held = GuestLock.Take(layout, GuestName.Parse(job.Guest), ThisProcess.EffectiveUid, "root", "reimage");
            if (store.Find(job.Id) is { Stage: JobStage.Built })
            {
                end();
            }

            return true;
        }
        catch (GuestBusyException)
        {
            return false;
        }
    }

    // A gate that was ended may have taken the guest down before; of one that runs it is refused.
    private void BootAgain(Job job, ExitCode code)
    {
        if (job.Boots && code != ExitCode.Done)
        {
            Ask(job, ["boot", job.Guest, "--no-wait"]);
        }
    }

    private (ExitCode Code, string? Complaint) Ask(Job job, IReadOnlyList<string> words)
    {
        try
        {
            string? said = null;
            var code = tools.Run(
                layout.Gate,
                words,
                [$"SUDO_UID={job.Uid}", $"SUDO_USER={job.User}"],
                line => said ??= line.StartsWith(Complaint, StringComparison.Ordinal) ? line[Complaint.Length..] : null);
            return ((ExitCode)code, said);
        }
        catch (IOException e)
        {
            store.Report(job, e);
            return (ExitCode.Failed, "the gate could not be asked");
        }
    }
}
