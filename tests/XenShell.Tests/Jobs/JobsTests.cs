using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Reimaging;
using XenShell.Core.Reports;
using XenShell.Core.Volumes;
using XenShell.Tenant.Dispatch;

namespace XenShell.Tests.Jobs;

public sealed class JobsTests
{
    private static readonly TimeSpan KeepOld = TimeSpan.FromHours(72);
    private Scratch host = null!;
    private JobStore store = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        store = new JobStore(host.Layout);
        Directory.CreateDirectory(host.At("srv"), (UnixFileMode)0b111_101_101);
    }

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void AHostWithoutJobsHasNone() => Assert.That(store.All(), Is.Empty);

    [Test]
    public void AJobIsKeptAsItWasWritten()
    {
        var job = Make("web1") with { Image = "debian", Reason = "disk full", Keys = ["ssh-ed25519 AAAA"], HasPassword = true };
        store.Create(job);
        store.Create(Make("db1") with { Created = job.Created + 1 });
        Assert.That(store.All().Select(known => known.Guest), Is.EqualTo(new[] { "db1", "web1" }));
        Assert.That(store.Of(GuestName.Parse("web1")).Single(), Is.EqualTo(job).Using<Job>((a, b) => Text(a) == Text(b)));
        Assert.That(File.GetUnixFileMode(store.FolderOf(job.Id)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void AFolderWithoutAJobIsNone()
    {
        Directory.CreateDirectory(host.At("var/lib/xen-shell/jobs/abc234"));
        Directory.CreateDirectory(host.At("var/lib/xen-shell/jobs/nonsense"));
        Assert.That(store.All(), Is.Empty);
    }

    [Test]
    public void AJobThatCannotBeReadIsAnErrorAndNotNone()
    {
        var job = Make("web1");
        store.Create(job);
        File.WriteAllText($"{store.FolderOf(job.Id)}.json", "{\"id\":");
        Assert.That(() => store.Find(job.Id), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void ProgressThatACrashCutShortIsTheBeginning()
    {
        var job = Make("web1");
        store.Create(job);
        store.Write(job.Id, new JobProgress("unpacking", 40));
        Assert.That(store.Progress(job.Id).Percent, Is.EqualTo(40));
        File.WriteAllText($"{store.FolderOf(job.Id)}/progress.json", "{\"phase\":");
        Assert.That(store.Progress(job.Id).Percent, Is.Zero);
    }

    // GK, CA: the words of a program that builds from foreign files
    [Test]
    public void TheLogIsPrintableAndBounded()
    {
        var job = Make("web1");
        store.Create(job);
        store.Log(job.Id, "\u001b]0;owned\u0007" + new string('x', 10_000));
        Assert.That(store.LogTail(job.Id, 1)[0], Does.Not.Contain("\u001b").And.Length.LessThan(600));
        for (var i = 0; i < 2000; i++)
        {
            store.Log(job.Id, new string('y', 400));
        }

        Assert.That(new FileInfo($"{store.FolderOf(job.Id)}/log").Length, Is.LessThan(300_000));
    }

    [Test]
    public void WhoeverHasTheLockKnowsThatNothingRuns()
    {
        var job = Make("web1");
        store.Create(job);
        Assert.That(store.IsAlive(job.Id), Is.False);
        using (store.TryLock(job.Id))
        {
            Assert.That(store.IsAlive(job.Id), Is.True);
            Assert.That(store.TryLock(job.Id), Is.Null);
        }

        Assert.That(store.IsAlive(job.Id), Is.False);
    }

    [TestCase("abc234", true)]
    [TestCase("abc23", false)]
    [TestCase("abc2o4", false)]
    [TestCase("../etc", false)]
    [TestCase("ABC234", false)]
    public void TheNumberOfAJob(string text, bool isValid) => Assert.That(JobId.IsValid(text), Is.EqualTo(isValid));

    [Test]
    public void ANewNumberIsOne() => Assert.That(JobId.New(), Is.Not.EqualTo(JobId.New()).And.Matches<string>(id => id is not null && JobId.IsValid(id)));

    // kill -9 while it built: one new volume, and nothing else
    [Test]
    public void WhatAKilledBuildLeftIsRemoved()
    {
        var job = Swapping(JobStage.Building);
        store.Create(job);
        var settled = Recovery.Settle(job);
        Assert.That(settled.Stage, Is.EqualTo(JobStage.Failed));
        Assert.That(Directory.GetFiles(host.At("srv")).Select(Path.GetFileName), Is.EqualTo(new[] { "disk" }));
        Assert.That(store.Find(job.Id)!.Result, Is.EqualTo("was interrupted; web1 is as it was"));
    }

    // CA: what has the new disk's name by now is no disk of the job's
    [Test]
    public void OnlyTheVeryVolumeThatItMadeIsRemoved()
    {
        var job = Swapping(JobStage.Built);
        store.Create(job);
        File.Delete(job.Steps[0].Incoming);
        File.WriteAllText(job.Steps[0].Incoming, "an administrator's");
        Recovery.Settle(job);
        Assert.That(File.ReadAllText(job.Steps[0].Incoming), Is.EqualTo("an administrator's"));
    }

    // one bad record kept every guest of the host from booting
    [Test]
    public void ARecordThatCannotBeReadIsNobodyElses()
    {
        store.Create(Make("web1"));
        host.Write("var/lib/xen-shell/jobs/zzz222.json", "{");
        Assert.That(store.Of(GuestName.Parse("web1")), Has.Count.EqualTo(1));
    }

    // TU: a tenant orders and cancels until there is no room for the way back
    [Test]
    public void TheLastRoomIsForTheWayBack()
    {
        store.Create(Make("web1"));
        foreach (var number in Enumerable.Range(0, XenShell.Core.Limits.Sizes.Jobs - XenShell.Core.Limits.Sizes.UndoJobs))
        {
            File.WriteAllText($"{host.Layout.JobsFolder}/{Numbered(number)}.json", "{}");
        }

        Assert.That(() => store.Create(Make("web1")), Throws.InstanceOf<IOException>());
        Assert.That(() => store.Create(Make("web1") with { Kind = JobKind.Undo }), Throws.Nothing);

        static string Numbered(int number) => string.Concat(Enumerable.Range(0, 6).Select(at => "abcdefghjk"[number / (int)Math.Pow(10, at) % 10]));
    }

    [TestCase("bob", "bob,alice", true)]
    [TestCase("bob", "alice", false)]
    [TestCase("bob", "", false)]
    [TestCase("", "bob", false)]
    [TestCase("", "", true)]
    public void AJobIsOfTheGuestsPeopleOfItsTime(string then, string now, bool isTheirs) =>
        Assert.That((Make("web1") with { Owners = Words(then) }).IsOf(Words(now)), Is.EqualTo(isTheirs));

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    // a journal that was changed by hand, or by a mistake of ours, names a volume that no job has made
    [Test]
    public void OnlyAVolumeOfTheJobsOwnNameIsRemoved()
    {
        var job = Swapping(JobStage.Building);
        var foreign = host.Write("srv/customer", "x");
        store.Create(job with { Steps = [job.Steps[0] with { Incoming = foreign }] });
        Recovery.Settle(job);
        Assert.That(File.Exists(foreign), Is.True);
    }

    [Test]
    public void AJobAtWorkIsLeftAlone()
    {
        var job = Swapping(JobStage.Building);
        store.Create(job);
        using (store.TryLock(job.Id))
        {
            Assert.That(Recovery.Settle(job).IsOver, Is.False);
        }

        Assert.That(Directory.GetFiles(host.At("srv")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ASwapThatWasCutOffIsSettledOnlyWhereNothingIsToDecide([Range(0, 2)] int renames)
    {
        var job = Swapping(JobStage.Swapping);
        store.Create(job);
        var step = job.Steps[0];
        foreach (var (from, to) in new[] { (step.Current, step.Outgoing), (step.Incoming, step.Current) }.Take(renames))
        {
            File.Move(from, to);
        }

        var settled = Recovery.Settle(job);
        Assert.That(settled.Stage, Is.EqualTo(renames switch { 0 => JobStage.Failed, 1 => JobStage.Swapping, _ => JobStage.Done }));
        Assert.That(File.Exists(renames == 1 ? step.Outgoing : step.Current), Is.True);
    }

    [Test]
    public void WhatIsDoneAndKeptCanBeUndoneOnce()
    {
        var job = Swapping(JobStage.Swapping);
        store.Create(job);
        new Swap(host.Layout, job.Steps).Forward();
        var done = Recovery.End(JobRecovery.Finished(job, "done", KeepOld));
        var now = done.Ended!.Value;
        Assert.That(UndoSearch.Among(host.Layout, store.All(), now).Single().Id, Is.EqualTo(job.Id));
        Assert.That(UndoSearch.Among(host.Layout, store.All(), now + (long)KeepOld.TotalSeconds + 1), Is.Empty);

        var undo = Make("web1") with { Kind = JobKind.Undo, Undoes = job.Id, Steps = UndoSearch.Back(host.Layout, job, "def567") };
        store.Create(undo);
        new Swap(host.Layout, undo.Steps).Forward();
        Assert.That(File.ReadAllText(host.At("srv/disk")), Is.EqualTo("old"));
        Recovery.End(JobRecovery.Finished(undo, "done", KeepOld));
        Assert.That(store.Find(job.Id)!.IsSettled, Is.True);

        // what the new system had is kept in turn
        Assert.That(UndoSearch.Among(host.Layout, store.All(), now).Single().Id, Is.EqualTo(undo.Id));
        new Swap(host.Layout, UndoSearch.Back(host.Layout, undo, "ghj789")).Forward();
        Assert.That(File.ReadAllText(host.At("srv/disk")), Is.EqualTo("new"));
    }

    [Test]
    public void AJobIsToldInPlainWords()
    {
        var job = Make("web1") with
        {
            Image = "debian", Reason = "disk full", Stage = JobStage.Done, Ended = 1_800_000_100, Result = "web1 has a new system",
            Fingerprints = ["SHA256:abc"], KnownHosts = ["192.0.2.7 ssh-ed25519 AAAA"], KeptUntil = 1_800_259_300,
        };
        store.Create(job);
        var report = JobReport.Of(store, job, canUndo: true);
        Assert.That(JobText.Of(report), Is.EqualTo($"""
            job           {job.Id}: reimage debian of web1
            by            bob, 2027-01-15 08:00:00 UTC
            reason        disk full
            state         done
            result        web1 has a new system
            ended         2027-01-15 08:01:40 UTC
            host key      SHA256:abc
            known_hosts   192.0.2.7 ssh-ed25519 AAAA
            old system    kept until 2027-01-18 08:01:40 UTC; 'reimage --undo web1 --job={job.Id}' brings it back

            """));
        Assert.That(JobText.List(new JobsReport([report])), Does.StartWith($"{job.Id}  web1").And.Contains("done"));
        Assert.That(JobText.List(new JobsReport([])), Does.Contain("no jobs"));
    }

    [Test]
    public void AJobWhoseWorkerWasKilledDoesNotLookAtWork()
    {
        var job = Make("web1") with { Stage = JobStage.Building };
        store.Create(job);
        Assert.That(JobReport.Of(store, job, canUndo: false).State, Is.EqualTo("interrupted"));
        using (store.TryLock(job.Id))
        {
            Assert.That(JobReport.Of(store, job, canUndo: false).State, Is.EqualTo("building"));
        }
    }

    private JobRecovery Recovery => new(host.Layout, store, KeepOld);

    private Job Make(string guest) => new(JobId.New(), JobKind.Reimage, guest, "bob", 2000, 1_800_000_000) { GuestFile = host.At($"etc/xen/{guest}.cfg") };

    private Job Swapping(JobStage stage)
    {
        var job = Make("web1");
        var current = host.Write("srv/disk", "old");
        var incoming = host.Write($"srv/disk.xs-new-{job.Id}", "new");
        var kind = VolumeKind.Of(host.Layout, current)!;
        return job with
        {
            Stage = stage,
            Steps = [new SwapStep(current, incoming, VolumeKind.NameBeside(current, "old", job.Id), kind.Find(current)!.Identity, kind.Find(incoming)!.Identity)],
        };
    }

    private static string Text(Job job) => System.Text.Json.JsonSerializer.Serialize(job);
}
