using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Domains;
using XenShell.Core.Files;
using XenShell.Core.Jobs;
using XenShell.Core.Json;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Reports;
using XenShell.Gate.Reimaging;

namespace XenShell.Gate.Verbs;

/// <summary>reimage: orders a new system, brings the old one back, or says how it stands.</summary>
internal static class Reimage
{
    private static readonly string[] Ways = ["undo", "resume", "status"];
    private const int PasswordLength = 20; // 100 bits
    private const int SaltLength = 16;

    internal static (ExitCode, string?) Run(Act act)
    {
        string[] ways = [.. Ways.Where(act.Request.Has)];
        if (act.Request.Has("job") && ways is not ["undo"])
        {
            throw Act.Refusal(ExitCode.Usage, "--job says which old system --undo brings back");
        }

        return ways switch
        {
            ["status"] => Status(act),
            ["resume"] => Resume(act),
            ["undo"] => act.Request.Has(Confirmation.Plan) ? PlanUndo(act) : Undo(act),
            [] => act.Request.Has(Confirmation.Plan) ? Plan(act) : Start(act),
            _ => throw Act.Refusal(ExitCode.Usage, $"reimage takes --{ways[0]} or --{ways[1]}, not both"),
        };
    }

    private static (ExitCode, string?) Plan(Act act)
    {
        Say(act, Order.Of(act, act.RequireKnownState()).Statement());
        return (ExitCode.Done, "planned");
    }

    private static (ExitCode, string?) Start(Act act)
    {
        Job job;
        string? password = null;
        using (act.Lock())
        {
            var jobs = new GuestJobs(act);
            jobs.RequireNone();
            jobs.RequireRoomForAnother();
            jobs.Prune();
            var order = Order.Of(act, act.RequireState());
            job = order.ToJob(jobs.Owners);
            jobs.Store.Create(job); // before anything of it: what a killed gate leaves is found by its record
            if (order.HasPassword)
            {
                password = RandomText.Of(PasswordLength);
                Folders.Create($"{act.Layout.WorkFolder}/{job.Id}");
                AtomicFile.Write(JobStore.PasswordOf(act.Layout, job.Id), System.Text.Encoding.ASCII.GetBytes(PasswordHash.Of(password, RandomText.Of(SaltLength))));
            }

            JobStart.Run(act, jobs, job);
        }

        act.Output.Say($"job {job.Id} has begun, and goes on when you leave; 'jobs {job.Id} --follow' shows how far it is");
        if (password is not null)
        {
            act.Output.Say($"root's password in the new system, which is shown only now: {password}");
        }

        return (ExitCode.Done, $"job {job.Id}");
    }

    private static (ExitCode, string?) Resume(Act act)
    {
        var jobs = new GuestJobs(act);
        var mayShutDown = act.Request.Has("shutdown") || jobs.Store.Of(act.Name).Any(job => job is { IsOver: false, ShutsDown: true });
        return new Exchange(act, jobs).Run(mayShutDown, () => jobs.Open() switch
        {
            null => throw Act.Refusal(ExitCode.WrongState, $"{act.Name}: there is nothing to go on with", "no open job"),
            { Stage: JobStage.Waiting or JobStage.Building } early => throw Act.Refusal(ExitCode.Busy, $"{act.Name}: its {JobWords.Of(early.Kind)} {early.Id} is not ready yet; 'jobs {early.Id} --follow' shows how far it is", "still building"),
            { Stage: JobStage.Built } job when jobs.Store.CancelledBy(job.Id) is { } user => throw Act.Refusal(ExitCode.WrongState, $"{act.Name}: its {JobWords.Of(job.Kind)} {job.Id} was cancelled by {user}", "cancelled"),
            { Stage: JobStage.Built } job when !Order.MayUse(act, job.Image!, out _) => throw Act.Refusal(ExitCode.NotAllowed, $"{act.Name}: {job.Image} is no longer an image for it", "no such image any more, or not open to the caller"),
            var job => job,
        });
    }

    private static (ExitCode, string?) PlanUndo(Act act)
    {
        Order.RequireReason(act);
        var jobs = new GuestJobs(act);
        if (IsHalfDone(act, jobs) is { } cut)
        {
            Say(act, [$"The {JobWords.Of(cut.Kind)} {cut.Id} of {act.Name}, which was cut off halfway, is taken back: its disks are what they were before{(cut.Kind == JobKind.Reimage ? ", and what was built is removed" : "")}."]);
            return (ExitCode.Done, "planned");
        }

        var kept = Undoable(act, jobs);
        var job = kept[0];
        var isUp = act.RequireKnownState() is { State: DomainState.Running };
        if (isUp && !act.Request.Has("shutdown"))
        {
            throw Exchange.IsRunning(act);
        }

        Say(act, [
            $"{act.Name} gets back what it had before {Described(job)}.",
            .. IsOfFormerOwners(job, jobs) ? [$"That was in the time of its former owners, {string.Join(", ", job.OwnersOfOld)}: it has what they left on it."] : Array.Empty<string>(),
            $"What it has now is kept in turn, and 'reimage --undo {act.Name}' brings it back.",
            .. act.Request.Has("job") ? Array.Empty<string>() : kept.Skip(1).Select(other => $"Kept as well is what it had before {Described(other)}: --job={other.Id} brings that back."),
            .. isUp ? [$"{act.Name} is shut down for this, and booted."] : Array.Empty<string>(),
        ]);
        return (ExitCode.Done, "planned");
    }

    private static string Described(Job job) => $"{JobWords.Of(job.Kind)} {job.Id}{(job.Image is { } image ? $" ({image})" : "")}";

    private static bool IsOfFormerOwners(Job job, GuestJobs jobs) => !job.OwnersOfOld.Intersect(jobs.Owners).Any() && jobs.Owners.Length > 0;

    private static Job? IsHalfDone(Act act, GuestJobs jobs) =>
        act.Request.Has("job") ? null : jobs.Store.Of(act.Name).FirstOrDefault(job => job.Stage == JobStage.Swapping && !jobs.Store.IsAlive(job.Id));

    private static (ExitCode, string?) Undo(Act act)
    {
        Order.RequireReason(act);
        var jobs = new GuestJobs(act);
        if (IsHalfDone(act, jobs) is not null)
        {
            return new Exchange(act, jobs).Run(act.Request.Has("shutdown"), () => HalfDone(act, jobs), isBack: true);
        }

        return new Exchange(act, jobs).Run(act.Request.Has("shutdown"), () =>
        {
            jobs.RequireNone();
            var undone = Undoable(act, jobs)[0];
            var id = JobId.New();
            return new Job(id, JobKind.Undo, act.Name.Text, act.Caller.Account.Name, act.Caller.Account.Uid, DateTimeOffset.UtcNow.ToUnixTimeSeconds())
            {
                Stage = JobStage.Built,
                Undoes = undone.Id,
                Reason = act.Request.Text("reason"),
                GuestFile = act.Guest.File,
                Owners = jobs.Owners,
                Steps = UndoSearch.Back(act.Layout, undone, id),
            };
        });
    }

    // By the time of the guest's lock it may have been put right, and another one stand in line.
    private static Job HalfDone(Act act, GuestJobs jobs)
    {
        if (jobs.Open() is { Stage: JobStage.Swapping } job)
        {
            return job;
        }

        jobs.RequireNone();
        throw OldSystems.Of(act, jobs.Own, out _).Count > 0
            ? Act.Refusal(ExitCode.WrongState, $"{act.Name}: nothing is cut off halfway any more; the same again brings back what is kept", "settled meanwhile")
            : NothingToUndo(act);
    }

    // The newest first, or the one that is named.
    private static IReadOnlyList<Job> Undoable(Act act, GuestJobs jobs)
    {
        var own = OldSystems.Of(act, jobs.Own, out var isKept);
        if (own.Count == 0 && isKept)
        {
            throw Act.Refusal(ExitCode.NotAllowed, $"{act.Name}: what is kept of it is of a time when it was not yours; please tell the administrator", "of others' time");
        }

        return act.Request.Text("job") is { } id
            ? own.FirstOrDefault(job => job.Id == id) is { } named ? [named] : throw NothingToUndo(act)
            : own.Count > 0 ? own : throw NothingToUndo(act);
    }

    private static GateRefusal NothingToUndo(Act act) =>
        Act.Refusal(ExitCode.WrongState, $"{act.Name}: no old system of it is kept; there is nothing to bring back", "nothing to undo");

    private static (ExitCode, string?) Status(Act act)
    {
        var jobs = new GuestJobs(act);
        var all = jobs.Own;
        act.Output.Document(new JobsReport([.. all.Take(1).Select(job => JobReport.Of(jobs.Store, job, OldSystems.Of(act, [job], out _).Count > 0))]).Json());
        return (ExitCode.Done, null);
    }

    private static void Say(Act act, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            act.Output.Say(line);
        }
    }
}
