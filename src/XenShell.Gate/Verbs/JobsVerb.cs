using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Guests;
using XenShell.Core.Jobs;
using XenShell.Core.Json;
using XenShell.Core.Names;
using XenShell.Core.Reports;
using XenShell.Gate.Reimaging;

namespace XenShell.Gate.Verbs;

/// <summary>jobs: those of the guests that the caller may put a system on, one of them, or how it goes on.</summary>
internal sealed class JobsVerb
{
    private readonly Act act;
    private readonly JobStore store;

    private JobsVerb(Act act)
    {
        this.act = act;
        store = new JobStore(act.Layout);
    }

    internal static (ExitCode, string?) Run(Act act)
    {
        var verb = new JobsVerb(act);
        var (follows, cancels) = (act.Request.Has("follow"), act.Request.Has("cancel"));
        if (!act.Request.Has(Arguments.Job))
        {
            return follows || cancels
                ? throw Act.Refusal(ExitCode.Usage, $"which job? 'jobs JOB --{(follows ? "follow" : "cancel")}', and 'jobs' lists yours", "no job named")
                : verb.Show(verb.Open());
        }

        var job = verb.Find(act.Request.Get(Arguments.Job));
        return (follows, cancels) switch
        {
            (true, true) => throw Act.Refusal(ExitCode.Usage, "jobs takes --follow or --cancel, not both", "both"),
            (true, false) => verb.Follow(job),
            (false, true) => verb.Cancel(job),
            _ => verb.Show([job]),
        };
    }

    // One answer for "not yours" and "not there".
    private Job Find(string id) => store.Find(id) is { } job && IsOpen(job, act.Policy)
        ? job
        : throw Act.Refusal(ExitCode.NotAllowed, $"{id}: no such job; 'jobs' lists yours", "no such job, or of a guest that is not the caller's");

    private bool IsOpen(Job job, Policy policy) =>
        GuestName.TryParse(job.Guest, out var guest)
        && policy.Judge.Decide(act.Caller.Account, act.Request, guest, policy.Catalog) is { Permitted: true, Standing: { } standing }
        && (standing.IsStaff || job.IsOf(GuestOwners.Of(policy.Settings, standing.Guest)));

    private (ExitCode, string?) Show(IReadOnlyList<Job> jobs)
    {
        var undoable = OldSystems.Of(act, jobs, out _).Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        act.Output.Document(new JobsReport([.. jobs.Select(job => JobReport.Of(store, job, undoable.Contains(job.Id)))]).Json());
        return (ExitCode.Done, null);
    }

    private IReadOnlyList<Job> Open() => [.. store.All().Where(job => IsOpen(job, act.Policy))];

    private (ExitCode, string?) Follow(Job job)
    {
        var policy = new LastingPolicy(act.Layout, act.Caller, act.Policy);
        (string Phase, int Percent) told = ("", -1);
        while (true)
        {
            job = store.Find(job.Id) ?? throw Act.Refusal(ExitCode.Failed, $"job {job.Id} is no longer on record");
            if (!IsOpen(job, policy.Now()))
            {
                throw Act.Refusal(ExitCode.NotAllowed, $"{job.Id}: no such job; 'jobs' lists yours", "revoked while following");
            }

            if (job.IsOver)
            {
                act.Output.Say($"{job.Guest}: {JobWords.Of(job, isAlive: false)}: {job.Result}");
                return (job.Stage == JobStage.Done ? ExitCode.Done : ExitCode.Failed, $"job {job.Id}: {job.Stage}");
            }

            if (!store.IsAlive(job.Id) && store.Find(job.Id) is { IsOver: false })
            {
                throw Act.Refusal(ExitCode.Failed, $"job {job.Id} was interrupted; 'reimage --status {job.Guest}' shows it", "interrupted");
            }

            var progress = store.Progress(job.Id);
            var phase = job.Stage is JobStage.Built or JobStage.Swapping ? JobWords.Of(job, isAlive: true) : progress.Phase;
            if (phase != told.Phase || progress.Percent >= told.Percent + GateLimits.ToldPercent)
            {
                act.Output.Say($"{progress.Percent,3} %  {phase}");
                told = (phase, progress.Percent);
            }

            act.Input.Wait(GateLimits.SlowTick);
            if (act.Input.AsksToStop || act.Input.IsGone || !act.Output.IsHeard)
            {
                act.Output.Say($"no longer looking on; job {job.Id} goes on by itself");
                return (ExitCode.Done, "looked on");
            }
        }
    }

    private (ExitCode, string?) Cancel(Job job)
    {
        RequireCancellable(job);
        store.AskToCancel(job.Id, act.Caller.Account.Name);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < GateLimits.JobEnds)
        {
            var now = store.Find(job.Id);
            if (now is null or { IsOver: true })
            {
                act.Output.Say($"{job.Guest}: {now?.Result ?? "the job is gone"}");
                return now is { Stage: JobStage.Cancelled } ? (ExitCode.Done, $"job {job.Id} was cancelled") : throw Act.Refusal(ExitCode.WrongState, $"job {job.Id} was over before that", "over");
            }

            act.Input.Wait(GateLimits.Tick);
        }

        act.Output.Say($"job {job.Id} was asked to end; 'jobs {job.Id}' shows when it has");
        return (ExitCode.Done, $"job {job.Id} was asked to end");
    }

    private void RequireCancellable(Job job)
    {
        if (job.IsOver)
        {
            throw Act.Refusal(ExitCode.WrongState, $"job {job.Id} is over: {job.Result}", "over");
        }

        if (job.Stage == JobStage.Swapping)
        {
            throw Act.Refusal(ExitCode.WrongState, $"job {job.Id} is exchanging the disks, which must not be cut off; 'reimage --undo {job.Guest}' takes it back afterwards", "swapping");
        }

        if (!store.IsAlive(job.Id))
        {
            throw Act.Refusal(ExitCode.WrongState, $"job {job.Id} was interrupted, and is put right by the next command for {job.Guest}", "interrupted");
        }
    }
}
