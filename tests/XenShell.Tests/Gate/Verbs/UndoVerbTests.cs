using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>The way back: what comes back, to whom, and what keeps it from that.</summary>
public sealed class UndoVerbTests : ReimageVerbTest
{
    // TU: the next owner of the name brings back what the last one had
    [Test]
    public void AFormerOwnersSystemIsNotTheNextOwners()
    {
        Built(JobStage.Done);
        GivenDisks("carol", Root.Current, Swapped.Current);
        Assert.That(Run(Undo, "carol"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1: no old system of it is kept; there is nothing to bring back\n")));
        Assert.That(Run($"jobs {Id}", "carol").Words, Does.Contain("no such job"));
        Assert.That(Run("jobs", "carol").Words, Does.Not.Contain(Id));
        Assert.That(Run("reimage web1 --status", "carol").Words, Does.Not.Contain(Id));
        Assert.That(Read(Root.Current), Is.EqualTo("new root"));
        Assert.That(Run($"jobs {Id}", "staff").Words, Does.Contain(Id));
        Assert.That(Run(Undo, "staff").Words, Does.Contain("--reason"), "who is not its owner says why");
        Assert.That(Run($"{Undo} --reason=ticket", "staff").Code, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void StaffAreToldThatAnUndoBringsAFormerOwnersSystem()
    {
        Built(JobStage.Done);
        Assert.That(Run("reimage web1 --undo --plan").Words, Does.Not.Contain("former owners"));
        GivenDisks("carol", Root.Current, Swapped.Current);
        Assert.That(Run("reimage web1 --undo --plan --reason=ticket", "staff").Words, Does.Contain("That was in the time of its former owners, bob: it has what they left on it."));
    }

    // CA: the old disk was attached to another guest meanwhile, or mounted, to copy something from it
    [Test]
    public void ADiskThatSomebodyUsesDoesNotComeBack()
    {
        Built(JobStage.Done);
        Toolstack.Run("web1");
        Toolstack.Shown.Add(new DomainDisk(Toolstack.Run("stranger"), Root.Outgoing, IsWritable: false));
        var (code, words) = Run($"{Undo} --shutdown");
        Assert.That((code, words), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: the disk that it would get back is in use; please tell the administrator, whose record says by whom\n")));
        Assert.That((Read(Root.Current), Toolstack.Calls.Count), Is.EqualTo(("new root", 0)));
    }

    // TU: a record each, until there is no room for anybody's
    [Test]
    public void UndoesAreForgottenWhereThereAreMany()
    {
        Built(JobStage.Done);
        for (var i = 0; i < 25; i++)
        {
            Assert.That(Run(Undo).Code, Is.EqualTo(ExitCode.Done));
        }

        Assert.That(Store.All(), Has.Count.LessThan(24));
    }

    // what nobody keeps any more is in nobody's way
    [Test]
    public void OnlyWhatIsKeptCounts()
    {
        foreach (var id in new[] { "aaaaaa", "bbbbbb" })
        {
            Store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1)
            {
                Stage = JobStage.Done, Owners = ["bob"], GuestFile = "", KeptUntil = 4_000_000_000, Steps = [Root with { Outgoing = VolumeKind.NameBeside(Root.Current, "old", id) }],
            });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1").Words, Does.Not.Contain("earlier systems"));
        foreach (var job in Store.All())
        {
            File.WriteAllText(job.Steps[0].Outgoing, "x");
            Store.Write(job with { Steps = [job.Steps[0] with { CurrentIdentity = VolumeKind.Of(Layout, Root.Current)!.Find(job.Steps[0].Outgoing)!.Identity }] });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1").Words, Does.Contain("2 earlier systems of it are kept"));
    }

    // CA: the power was cut while disks were exchanged, and root booted the guest: what it has written since must not go
    [Test]
    public void WhatAGuestRunsOnIsNotTakenBack()
    {
        Built(JobStage.Swapping);
        File.Move(Root.Current, Root.Outgoing);
        File.Move(Root.Incoming, Root.Current);
        Toolstack.Run("web1");
        Assert.That(Run($"{Undo} --shutdown"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1 is running on what was cut off halfway; 'reimage --resume web1 --shutdown' makes it whole\n")));
        Assert.That(Read(Root.Current), Is.EqualTo("new root"));
    }

    [Test]
    public void ThePlanOfTakingBackSaysWhatThatIs()
    {
        Built(JobStage.Swapping);
        File.Move(Root.Current, Root.Outgoing);
        Assert.That(Run("reimage web1 --undo --plan"), Is.EqualTo((ExitCode.Done, $"The reimage {Id} of web1, which was cut off halfway, is taken back: its disks are what they were before, and what was built is removed.\n")));
        Assert.That(Run(Undo).Words, Does.Contain("taken back; all is as it was"));
    }

    // the new disk for swap was tidied away by somebody meanwhile
    [Test]
    public void TheWayBackNeedsNothingOfWhatIsGone()
    {
        Built(JobStage.Swapping);
        File.Move(Root.Current, Root.Outgoing);
        File.Delete(Swapped.Incoming);
        Assert.That(Run(Undo).Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(Root.Current), Read(Swapped.Current)), Is.EqualTo(("old root", "old swap")));
    }

    // TU: two orders, one after the other; undo went to and fro between their systems, and the customer's own was reaped
    [Test]
    public void TheFirstOfTwoOldSystemsComesBackToo()
    {
        Built(JobStage.Done);
        GivenASecond("bcd345");
        Assert.That(Run("reimage web1 --undo --plan").Words, Does.Contain($"web1 gets back what it had before reimage bcd345 (tiny).\n").And.Contain($"Kept as well is what it had before reimage {Id} (tiny): --job={Id} brings that back.\n"));
        Assert.That(Run($"{Undo} --job={Id}").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(Root.Current), Read(Swapped.Current)), Is.EqualTo(("old root", "old swap")));
        Assert.That(Run($"{Undo} --job={Id}").Code, Is.EqualTo(ExitCode.WrongState), "it is back");
        Assert.That(Run($"{Undo} --job=bcd345").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Read(Root.Current), Is.EqualTo("new root"));
        Assert.That(Run($"reimage web1 tiny --job={Id} --confirm=web1"), Is.EqualTo((ExitCode.Usage, "xen-shell: --job says which old system --undo brings back\n")));
    }

    // TU: support makes the guest ready for its next owner, who brings back what the last one had
    [Test]
    public void WhatWasThereBeforeANewOwnersFirstSystemIsNotTheirs()
    {
        Run("log web1"); // bob's, as of now
        GivenDisks("carol", Root.Current, Swapped.Current);
        var (code, words) = Run("reimage web1 tiny --plan --reason=new", "staff");
        Assert.That((code, words), Is.EqualTo((ExitCode.Done, words)));
        Assert.That(words, Does.Contain("It is of the time of its last owners, bob: nobody else but staff can bring it back.\n"));
        Built(JobStage.Done);
        Store.Write(Store.Find(Id)! with { Owners = ["carol"], OldOwners = ["bob"] });
        foreach (var line in new[] { Undo, "reimage web1 --undo --plan" })
        {
            Assert.That(Run(line, "carol"), Is.EqualTo((ExitCode.NotAllowed, "xen-shell: web1: what is kept of it is of a time when it was not yours; please tell the administrator\n")));
        }

        Assert.That(Run("reimage web1 --undo --plan --reason=back", "staff").Words, Does.Contain("That was in the time of its former owners, bob"));
    }

    // TU: the provider himself is an owner of every guest, and so of those before
    [Test]
    public void WhoWasNoOwnerThenGetsNothingOfIt()
    {
        Built(JobStage.Done);
        Store.Write(Store.Find(Id)! with { Owners = ["alice", "bob"] });
        GivenDisks("alice, carol", Root.Current, Swapped.Current);
        Assert.That(Run(Undo, "carol").Code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(Run(Undo, "alice").Code, Is.EqualTo(ExitCode.Done));
    }

    // CA: the guest was moved, and its old folder removed: every order was refused, for ever
    [Test]
    public void AnOldSystemWhoseStorageIsGoneHindersNobody()
    {
        foreach (var id in new[] { "abc235", "abc236" })
        {
            var gone = Root with { Current = $"{Layout.Root}/srv/gone/disk.img", Outgoing = $"{Layout.Root}/srv/gone/disk.img.xs-old-{id}" };
            Store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1) { Stage = JobStage.Done, Ended = 2, KeptUntil = 4_000_000_000, Image = "tiny", Owners = ["bob"], GuestFile = "", Steps = [gone] });
        }

        Assert.That(Run("reimage web1 --status").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Run(Undo), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1: no old system of it is kept; there is nothing to bring back\n")));
        Assert.That(Run("reimage web1 tiny --confirm=web1").Words, Does.Not.Contain("earlier systems"));
    }

    // TU: two of them; by the time of the second one's turn the first has put it right, and another order stands in line
    [Test]
    public void AnUndoThatComesLateTakesBackNothing()
    {
        Built(JobStage.Swapping);
        var turn = GuestLock.Take(Layout, GuestName.Parse("web1"), 4002, "alice", "reimage");
        var undo = Task.Run(() => Run(Undo));
        Poll.Pause(TimeSpan.FromMilliseconds(500));
        Store.Write(Store.Find(Id)! with { Stage = JobStage.Failed, Ended = 3 });
        Store.Create(Store.Find(Id)! with { Id = "cde456", Stage = JobStage.Waiting, Ended = null, Steps = [] });
        using var next = Store.TryLock("cde456");
        turn.Dispose();
        var (code, words) = undo.Result;
        Assert.That((code, words), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: its reimage cde456 of bob is under way; 'jobs cde456 --follow' shows how far it is\n")));
        Assert.That(Store.Find("cde456")!.Stage, Is.EqualTo(JobStage.Waiting));
    }

    // TU: with the reaper's timer off, or a disk that it must leave, there was no end to them
    [Test]
    public void EarlierSystemsPastTheirTimeCountUntilTheyAreGone()
    {
        foreach (var id in new[] { "abc235", "abc236" })
        {
            var step = Root with { Outgoing = VolumeKind.NameBeside(Root.Current, "old", id), CurrentIdentity = VolumeKind.Of(Layout, Root.Current)!.Find(Write($"srv/{Path.GetFileName(VolumeKind.NameBeside(Root.Current, "old", id))}", "older"))!.Identity };
            Store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1) { Stage = JobStage.Done, Ended = 2, KeptUntil = 3, Image = "tiny", Owners = ["bob"], GuestFile = $"{Layout.Root}/etc/xen/web1.cfg", Steps = [step] });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1"), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: 2 earlier systems of it are kept, the first until 1970-01-01 00:00:03 UTC; 'reimage --undo web1' brings the last one back, and your provider can drop them before\n")));
    }
}
