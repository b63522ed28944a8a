using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Volumes;
using XenShell.Worker.Building;
using XenShell.Worker.Systems;

namespace XenShell.Worker;

/// <summary>A job's course: in line, built, and handed over. Whatever ends it on the way, its new volumes go and the guest is as it was.</summary>
internal sealed class Course
{
    private const string Swap = "/usr/sbin/mkswap";

    private readonly HostLayout layout;
    private readonly Settings settings;
    private readonly JobStore store;
    private readonly Progress progress;
    private readonly Tools tools;
    private readonly HandOver handOver;
    private readonly JobRecovery recovery;
    private Job job;

    /// <param name="mine">The job's lock.</param>
    internal Course(HostLayout layout, Settings settings, JobStore store, Fd mine, Job job)
    {
        this.layout = layout;
        this.settings = settings;
        this.store = store;
        this.job = job;
        progress = new Progress(store, job.Id);
        tools = new Tools(store, job.Id, mine, progress) { LeavesNothing = true };
        handOver = new HandOver(layout, store, new Tools(store, job.Id, mine, progress), progress);
        recovery = new JobRecovery(layout, store, settings.KeepOld);
    }

    internal ExitCode Run()
    {
        if (!TryBuild())
        {
            return ExitCode.Failed;
        }

        progress.IsCancellable = false; // heeded from now on when the gate has been asked, and nothing throws for it
        try
        {
            return handOver.Run(job, End);
        }
        catch (IOException)
        {
            return ExitCode.Failed; // what has become of it cannot be read now, and is put right by the next command
        }
    }

    /// <summary>As far as the new volumes are whole.</summary>
    /// <returns>False where they are not; the job is over then.</returns>
    internal bool TryBuild()
    {
        try
        {
            WaitInLine();
            Build();
            return true;
        }
        catch (CancelledException e)
        {
            End(JobStage.Cancelled, $"cancelled by {e.User}; {job.Guest} is as it was");
        }
        catch (JobException e)
        {
            End(JobStage.Failed, $"{e.Message}; {job.Guest} is as it was");
        }
        catch (Exception e)
        {
            // fail safe: whatever went wrong, what was made goes again
            store.Report(job, e);
            End(JobStage.Failed, $"something went wrong on this host; please tell its administrator, whose record says what; {job.Guest} is as it was");
        }

        return false;
    }

    private void WaitInLine()
    {
        var line = new JobLine(layout, store, settings.MaxJobs);
        for (var known = 0; line.Enter(job) is > 0 and var place; known = place)
        {
            if (place != known)
            {
                progress.Begin(place == 1 ? "next in line" : $"{place} in line", 0, 0);
            }

            progress.Look();
            Poll.Pause(WorkerLimits.Look);
        }

        job = store.Find(job.Id)!;
    }

    private void Build()
    {
        var guest = GuestName.TryParse(job.Guest, out var name) && GuestCatalog.Read(layout, settings).TryFind(name, out var found) && found.File == job.GuestFile
            ? found
            : throw new JobException("the guest's file is gone");
        var image = FindImage();
        var disks = GuestDisks.Of(guest);
        if (!disks.Volumes.SequenceEqual(job.Steps.Select(step => step.Current)))
        {
            throw new JobException("the guest's file names other disks than those that this was ordered for");
        }

        var network = NetworkOf(guest);
        var steps = new NewVolumes(layout, settings.KeepFree, tools, progress).Make(job);
        var volumes = steps.Select(step => VolumeKind.Of(layout, step.Incoming)?.Find(step.Incoming) ?? throw new JobException("a new disk is gone")).ToList();
        var access = new AccessMaker(layout, tools).Make(job);
        Fill(new Site(layout, store, job, image, new Overlay(guest.Name, disks, network, access), volumes[0], volumes.ElementAtOrDefault(1), tools, progress));
        if (volumes.Count > 1)
        {
            tools.Require("the swap could not be made", Swap, "--quiet", volumes[1].Path);
        }

        foreach (var volume in volumes)
        {
            Sync(volume);
        }

        job = job with
        {
            Stage = JobStage.Built,
            Steps = steps,
            Fingerprints = [.. access.PublicHostKeys.Select(key => key.Fingerprint)],
            KnownHosts = KnownHosts(guest.Name, network, access),
        };
        store.Write(job);
    }

    private Image FindImage()
    {
        try
        {
            return ImageCatalog.Find(layout, job.Image ?? "", TargetLook.SilentOf);
        }
        catch (Exception e) when (e is ConfigurationException or IOException)
        {
            store.Report(job, e);
            throw new JobException("the image is no longer there, or its definition or files cannot be trusted, or do not answer");
        }
    }

    // The record of it is on the disk when it is written: after a power cut it must not stand for a volume that never got there.
    private static void Sync(Volume volume)
    {
        using var file = FileSystem.TryOpenVolume(volume.Path) ?? throw new JobException("a new disk is gone");
        file.Sync();
    }

    private static IReadOnlyList<string> KnownHosts(GuestName guest, GuestNetwork network, NewAccess access)
    {
        var names = network.Addresses.Count > 0 ? string.Join(',', network.Addresses.Select(address => address.Text)) : guest.Text;
        return [.. access.PublicHostKeys.Select(key => $"{names} {key.Type} {key.Blob}")];
    }

    private static GuestNetwork NetworkOf(Guest guest)
    {
        try
        {
            return GuestNetwork.Of(guest);
        }
        catch (FormatException e)
        {
            throw new JobException($"the guest's network is not known ({e.Message})");
        }
    }

    private static void Fill(Site site)
    {
        switch (site.Image.Method)
        {
            case ImageMethod.Tar or ImageMethod.Mmdebstrap:
                TarBuild.Fill(site);
                break;
            case ImageMethod.Raw:
                RawBuild.Fill(site);
                break;
            case ImageMethod.XenTools:
                XenToolsBuild.Fill(site);
                break;
            case ImageMethod.Command:
                ProgramBuild.Fill(site);
                break;
            default:
                throw new JobException($"nothing here builds {site.Image.Name}");
        }
    }

    // Never throws: what cannot be removed or recorded now stands as it was, and is settled with the guest's next job or by the reaper.
    private void End(JobStage stage, string result)
    {
        try
        {
            job = recovery.GiveUp(job, stage, result);
        }
        catch (Exception e)
        {
            store.Report(job, e); // the job stays on record as it was, and the next command puts it right
        }
    }
}
