using System.Text;
using System.Text.Json;
using XenShell.Core.Audit;
using XenShell.Core.Files;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Jobs;

/// <summary>
/// The jobs of the host: a record each, and JobsFolder/ID with progress.json, log, and lock, which the worker and all that it
/// has started hold for as long as they live.
/// </summary>
public sealed class JobStore(HostLayout layout)
{
    private readonly RecordStore<Job> records = new(layout.TrustedTree, layout.JobsFolder, Job.Of, JobId.IsValid, Sizes.Job, Sizes.Jobs);

    /// <summary>What a job works with.</summary>
    public string FolderOf(string id) => $"{layout.JobsFolder}/{id}";

    /// <summary>Where a job unpacks a system that becomes a file system: too much for the run folder, which is memory.</summary>
    public string TreeOf(string id) => $"{FolderOf(id)}/tree";

    /// <summary>Where the gate leaves the hash of a new system's password for the worker: in memory, and gone with the job.</summary>
    public static string PasswordOf(HostLayout layout, string id) => $"{layout.WorkFolder}/{id}/password";

    /// <summary>Every job, the newest first.</summary>
    public IReadOnlyList<Job> All() => All(out _);

    /// <param name="unreadable">What is wrong with those that cannot be read: one of them must not keep every guest from its jobs.</param>
    public IReadOnlyList<Job> All(out IReadOnlyList<string> unreadable)
    {
        var (all, problems) = (new List<Job>(), new List<string>());
        foreach (var id in records.Names())
        {
            try
            {
                if (Find(id) is { } job)
                {
                    all.Add(job);
                }
            }
            catch (IOException e)
            {
                problems.Add($"job {id} cannot be read, and 'xen-shell-admin job clear {id}' puts it away: {e.Message}");
            }
        }

        unreadable = problems;
        return [.. all.OrderByDescending(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }

    public IReadOnlyList<Job> Of(GuestName guest) => [.. All().Where(job => job.Guest == guest.Text)];

    /// <exception cref="IOException">It is there, and cannot be read.</exception>
    public Job? Find(string id) => records.Find(id);

    /// <exception cref="IOException">There is no room for it; the last is for the way back.</exception>
    public void Create(Job job)
    {
        if (job.Kind == JobKind.Reimage && records.Names().Count >= Sizes.Jobs - Sizes.UndoJobs)
        {
            throw new IOException($"{layout.JobsFolder}: there are {Sizes.Jobs - Sizes.UndoJobs} jobs already");
        }

        Folders.Create(FolderOf(job.Id));
        records.Change(job.Id, before => before is null ? job : throw new IOException($"job {job.Id} is there already"));
    }

    /// <summary>Of one that may not be on record yet.</summary>
    public void WriteOrCreate(Job job)
    {
        Folders.Create(FolderOf(job.Id));
        records.Change(job.Id, _ => job);
    }

    /// <exception cref="IOException">Somebody has taken it off the record, and it is not put back there.</exception>
    public void Write(Job job) => records.Change(job.Id, before => before is null ? throw new IOException($"job {job.Id} is no longer on record") : job);

    public void Write(string id, JobProgress progress) =>
        AtomicFile.Write($"{FolderOf(id)}/progress.json", progress.Json());

    public JobProgress Progress(string id)
    {
        using var file = FileSystem.TryOpen($"{FolderOf(id)}/progress.json");
        try
        {
            return file is null ? JobProgress.Nothing : JsonText.Read(file.ReadAll(Sizes.Job) ?? [], JobProgress.Of);
        }
        catch (JsonException)
        {
            return JobProgress.Nothing; // a crash may have left half of it
        }
    }

    /// <summary>Somebody wants it to end; heeded while it builds.</summary>
    public void AskToCancel(string id, string user) =>
        AtomicFile.Write($"{FolderOf(id)}/cancel", Encoding.UTF8.GetBytes(user));

    /// <returns>Who has asked, or null.</returns>
    public string? CancelledBy(string id)
    {
        using var file = FileSystem.TryOpen($"{FolderOf(id)}/cancel");
        return file is null ? null : Encoding.UTF8.GetString(file.ReadAll(Sizes.Job) ?? []);
    }

    /// <summary>The worker's lock; whoever gets it knows that nothing of the job is running.</summary>
    /// <returns>Null when somebody has it.</returns>
    public Fd? TryLock(string id, TimeSpan within = default)
    {
        var file = FileSystem.OpenOrCreate($"{FolderOf(id)}/lock");
        if (file.TryLock(within))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>The worker, or something that it started, is alive.</summary>
    public bool IsAlive(string id)
    {
        using var file = FileSystem.TryOpen($"{FolderOf(id)}/lock");
        return file is not null && !file.TryShareLock();
    }

    /// <summary>Adds a line of a program's to the log, printable and bounded. One that cannot be kept is lost, and no reason to end what it is about.</summary>
    public void Log(string id, string line)
    {
        try
        {
            using var file = FileSystem.OpenToAppend($"{FolderOf(id)}/log");
            if (file.Status().Size < Sizes.JobLog)
            {
                file.WriteAll(Encoding.UTF8.GetBytes(PrintableText.Line(line, 500) + "\n"));
            }
        }
        catch (IOException)
        {
            // the host's disk is full
        }
    }

    /// <summary>What is not for the tenant's eyes, who reads the log: paths and volumes of others. It goes to the host's record.</summary>
    public void Report(Job job, Exception problem) => AuditLog.OfTheHost(layout).Problem($"job {job.Id} of {job.Guest}: {problem.Message}");

    /// <summary>The last lines of the log.</summary>
    public IReadOnlyList<string> LogTail(string id, int count)
    {
        using var file = FileSystem.TryOpen($"{FolderOf(id)}/log");
        return file is null ? [] : [.. Encoding.UTF8.GetString(file.ReadAll(Sizes.JobLog * 2) ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count)];
    }

    /// <summary>Puts away a record that cannot be read, where nothing looks for one.</summary>
    /// <returns>Where it is now.</returns>
    public string PutAway(string id)
    {
        var aside = $"{FolderOf(id)}.unreadable";
        FileSystem.Rename($"{FolderOf(id)}.json", aside);
        Folders.Sync(layout.JobsFolder);
        return aside;
    }

    public void Remove(string id)
    {
        records.Change(id, _ => null);
        Folders.RemoveTree(FolderOf(id));
    }
}
