using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Jobs;

/// <summary>What is removed for good, and above all what is not.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReaperTests : IDisposable
{
    private const long Now = 2_000_000_000;
    private readonly Scratch host = new();
    private readonly JobStore store;
    private string? user;

    public ReaperTests()
    {
        store = new JobStore(host.Layout);
        Directory.CreateDirectory(host.At("srv"), (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => host.Dispose();

    [Test]
    public void AnOldDiskGoesWhenItsTimeIsUp()
    {
        var job = Done(keptUntil: Now);
        Assert.That(Run(Now - 1), Is.Empty);
        Assert.That(Run(Now).Single().Text, Does.StartWith($"{job.Steps[0].Outgoing} was removed"));
        Assert.That(Disks, Is.EqualTo(new[] { "disk" }));
        Assert.That(File.ReadAllText(host.At("srv/disk")), Is.EqualTo("new"));
        Assert.That((store.Find(job.Id)!.IsSettled, Run(Now)), Is.EqualTo((true, Array.Empty<(string, bool)>())));
    }

    // a record that was changed by hand, an administrator's own copy under that name, an undo, a name of another job
    [TestCase("foreign")]
    [TestCase("exchanged")]
    [TestCase("settled")]
    [TestCase("another job")]
    [TestCase("half-done")]
    public void NothingElseIsEverRemoved(string what)
    {
        var job = Done(keptUntil: 0);
        var step = job.Steps[0];
        switch (what)
        {
            case "foreign":
                store.Write(job with { Steps = [step with { Outgoing = host.Write("srv/customer", "x") }] });
                break;
            case "exchanged":
                File.Move(step.Outgoing, host.At("srv/elsewhere"));
                host.Write("srv/copy", "an administrator's");
                File.Move(host.At("srv/copy"), step.Outgoing);
                break;
            case "settled":
                store.Write(job with { IsSettled = true, Ended = Now });
                break;
            case "another job":
                store.Write(job with { Steps = [step with { Outgoing = step.Outgoing.Replace(job.Id, "zzzzzz", StringComparison.Ordinal) }] });
                File.Move(step.Outgoing, VolumeKind.NameBeside(step.Current, "old", "zzzzzz"));
                break;
            default:
                store.Write(job with { Stage = JobStage.Swapping, KeptUntil = null });
                File.Move(step.Current, step.Incoming);
                break;
        }

        var before = Disks;
        Assert.That(Run(Now), Is.Empty);
        Assert.That(Disks, Is.EqualTo(before));
    }

    [Test]
    public void WhatAKilledWorkerMadeGoes()
    {
        var job = Building();
        using (store.TryLock(job.Id))
        {
            Assert.That(Run(Now), Is.Empty, "it is at work");
        }

        Assert.That(Run(Now).Single().Text, Does.EndWith("was interrupted; web1 is as it was"));
        Assert.That((Disks.Single(), File.ReadAllText(host.At("srv/disk"))), Is.EqualTo(("disk", "old")));
    }

    [Test]
    public void AnAdministratorDropsWhatIsKeptBeforeItsTime()
    {
        var job = Done(keptUntil: Now + 1);
        user = "guest db1";
        Assert.That(() => Reaper.Drop(job), Throws.InstanceOf<IOException>());
        user = null;
        Assert.That(Reaper.Drop(job).Single(), Does.StartWith($"{job.Steps[0].Outgoing} was removed"));
        Assert.That((Disks.Single(), store.Find(job.Id)!.IsSettled), Is.EqualTo(("disk", true)));
        Assert.That(Reaper.Drop(job), Is.Empty);
    }

    // CA: root has the guest boot from the old disk meanwhile
    [Test]
    public void WhatSomebodyUsesStays()
    {
        var job = Done(keptUntil: 0);
        user = "guest db1";
        Assert.That(Run(Now).Single(), Is.EqualTo(($"job {job.Id} of web1: {job.Steps[0].Outgoing} is not removed: it is in use (guest db1 has {job.Steps[0].Outgoing})", true)));
        Assert.That((Disks.Length, store.Find(job.Id)!.IsSettled), Is.EqualTo((2, false)));
        user = null;
        Assert.That(Run(Now), Has.Length.EqualTo(1));
    }

    // the way back was cut off between two renames, and what it brings back is what would be removed
    [Test]
    public void WhatAnotherJobOfTheGuestsIsAboutStays()
    {
        var job = Done(keptUntil: 0);
        var undo = new Job("zzz222", JobKind.Undo, "web1", "bob", 2000, 2) { GuestFile = "", Stage = JobStage.Swapping, Undoes = job.Id, Steps = UndoSearch.Back(host.Layout, job, "zzz222") };
        store.Create(undo);
        File.Move(undo.Steps[0].Current, undo.Steps[0].Outgoing);
        Assert.That(Run(Now), Is.Empty);
        Assert.That(File.Exists(job.Steps[0].Outgoing), Is.True);
    }

    // the host's disk was full, or LVM hung, when the job ended: nobody is kept from anything by that
    [Test]
    public void WhatCouldNotBeRemovedWhenAJobEndedGoesLater()
    {
        var job = Building();
        File.SetUnixFileMode(host.At("srv"), (UnixFileMode)0b111_111_111);
        Assert.That(Run(Now).Single().Text, Does.EndWith("was interrupted; web1 is as it was"));
        Assert.That((store.Find(job.Id)!.Stage, store.Find(job.Id)!.HasLeftovers, Disks.Length), Is.EqualTo((JobStage.Failed, true, 2)));
        Assert.That(Run(Now).Single().IsFailure, Is.True);
        File.SetUnixFileMode(host.At("srv"), (UnixFileMode)0b111_101_101);
        Assert.That(Run(Now).Single().Text, Is.EqualTo($"what job {job.Id} of web1 had left behind was removed"));
        Assert.That((Disks.Single(), store.Find(job.Id)!.HasLeftovers), Is.EqualTo(("disk", false)));
    }

    [Test]
    public void ARecordThatCannotBeReadIsToldAndHindersNoOther()
    {
        Done(keptUntil: 0);
        host.Write("var/lib/xen-shell/jobs/zzz222.json", "{");
        var said = Run(Now);
        Assert.That(said.Select(one => one.IsFailure), Is.EqualTo(new[] { true, false }));
        Assert.That(said[0].Text, Does.StartWith("job zzz222 cannot be read, and 'xen-shell-admin job clear zzz222' puts it away: "));
        Assert.That(File.Exists(store.PutAway("zzz222")), Is.True);
        Assert.That(Run(Now), Is.Empty);
    }

    [Test]
    public void JobsAreForgottenAfterAMonth()
    {
        var job = Done(keptUntil: 0) with { IsSettled = true, Ended = Now - (30 * 86400) - 1 };
        store.Write(job);
        store.Create(new Job("zzz222", JobKind.Reimage, "web1", "bob", 2000, 0) { GuestFile = "", Stage = JobStage.Failed, Ended = Now });
        Assert.That(Run(Now), Is.Empty);
        Assert.That(store.All().Select(left => left.Id), Is.EqualTo(new[] { "zzz222" }));
        Assert.That(Path.Exists(store.FolderOf(job.Id)), Is.False);
    }

    [Test]
    public void AGuestThatSomebodyIsAtIsLeftForTheNextTime()
    {
        Done(keptUntil: 0);
        using (GuestLock.Take(host.Layout, GuestName.Parse("web1"), 2000, "bob", "boot"))
        {
            Assert.That(Run(Now), Is.Empty);
        }

        Assert.That(Run(Now), Has.Length.EqualTo(1));
    }

    [Test]
    public void WhatOneGuestHasWrongKeepsItFromNoOther()
    {
        var job = Done(keptUntil: 0);
        store.Create(job with { Id = "zzz222", Created = 9, Steps = [job.Steps[0] with { Current = "/dev/vg0/x", Outgoing = "/dev/vg0/x.xs-old-zzz222" }] });
        var said = Run(Now);
        Assert.That(said.Where(line => line.IsFailure).Select(line => line.Text), Has.Exactly(1).StartsWith("job zzz222 of web1: "));
        Assert.That(Disks, Is.EqualTo(new[] { "disk" }));
    }

    private (string Text, bool IsFailure)[] Run(long now) => [.. Reaper.Run(now)];

    private Reaper Reaper => new(host.Layout, store, TimeSpan.FromHours(72), path => user is null ? null : $"{user} has {path}");

    private string?[] Disks => [.. Directory.GetFiles(host.At("srv")).Select(Path.GetFileName).Order()];

    private Job Building()
    {
        var job = Done(keptUntil: 0) with { Stage = JobStage.Building, KeptUntil = null, Ended = null };
        File.Move(job.Steps[0].Current, job.Steps[0].Incoming);
        File.Move(job.Steps[0].Outgoing, job.Steps[0].Current);
        store.Write(job);
        return job;
    }

    private Job Done(long keptUntil)
    {
        var current = host.Write("srv/disk", "new");
        var outgoing = host.Write("srv/disk.xs-old-abc234", "old");
        var kind = VolumeKind.Of(host.Layout, current)!;
        var job = new Job("abc234", JobKind.Reimage, "web1", "bob", 2000, 1)
        {
            GuestFile = host.At("etc/xen/web1.cfg"),
            Stage = JobStage.Done,
            Ended = Now,
            KeptUntil = keptUntil,
            Steps = [new SwapStep(current, VolumeKind.NameBeside(current, "new", "abc234"), outgoing, kind.Find(outgoing)!.Identity, kind.Find(current)!.Identity)],
        };
        store.Create(job);
        return job;
    }
}
