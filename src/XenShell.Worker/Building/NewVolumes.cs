using XenShell.Core;
using XenShell.Core.Jobs;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Worker.Building;

/// <summary>Makes the volumes that are to take the place of the guest's own, under the names that the job's record has noted before.</summary>
/// <param name="keepFree">Percent of the room that they leave.</param>
internal sealed class NewVolumes(HostLayout layout, int keepFree, Tools tools, Progress progress)
{
    private const string Discard = "/usr/sbin/blkdiscard";

    /// <returns>The same steps, with what the new volumes are known by.</returns>
    /// <exception cref="JobException">The guest's own are not those that the job was ordered for.</exception>
    internal IReadOnlyList<SwapStep> Make(Job job)
    {
        progress.Begin("making the disk", 0, 2);
        var steps = new List<SwapStep>();
        foreach (var step in job.Steps)
        {
            var kind = VolumeKind.Of(layout, step.Current) ?? throw new JobException($"{step.Current} is no volume that can be replaced");
            var own = kind.Find(step.Current);
            if (own?.Identity != step.CurrentIdentity || step.Incoming != VolumeKind.NameBeside(step.Current, "new", job.Id))
            {
                throw new JobException("the guest's disk is no longer the one that this was ordered for");
            }

            if (kind.Room(step.Current).Spare(keepFree) < own.Bytes)
            {
                throw new JobException("the host has no room for a new disk beside the old one by now; please ask the administrator");
            }

            kind.Create(step.Incoming, own);
            var made = kind.Find(step.Incoming) ?? throw new JobException("the new disk is gone");
            if (kind.ShowsOldBytes)
            {
                Clear(made);
            }

            steps.Add(step with { IncomingIdentity = made.Identity });
        }

        return steps;
    }

    // What was deleted before on this part of the host's disk was another guest's.
    private void Clear(Volume volume)
    {
        progress.Rename("clearing the disk");
        for (long at = 0; at < volume.Bytes; at += WorkerLimits.ClearedPiece)
        {
            tools.Require(
                "the new disk could not be cleared",
                Discard, "--zeroout", "--offset", $"{at}", "--length", $"{Math.Min(WorkerLimits.ClearedPiece, volume.Bytes - at)}", volume.Path);
            progress.At((double)at / volume.Bytes);
        }
    }
}
