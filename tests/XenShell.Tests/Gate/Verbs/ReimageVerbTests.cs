using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Jobs;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>What the gate does when the disks of a job are whole, and on the way back.</summary>
public sealed class ReimageVerbTests : VerbTest
{
    private const string Id = "abc234";
    private const string Undo = "reimage web1 --undo --confirm=web1";
    private readonly JobStore store;
    private readonly SwapStep root;
    private readonly SwapStep swap;
    private Fd? worker; // that has built it, and waits for the gate

    public ReimageVerbTests()
    {
        Configure("boot_watch = 1\nsupport = staff");
        foreach (var folder in new[] { "srv", "etc/xen-shell/images.d", "var/lib/xen/save" })
        {
            Directory.CreateDirectory($"{Layout.Root}/{folder}", (UnixFileMode)0b111_101_101);
        }

        Write("etc/xen-shell/images.d/tiny.conf", $"title = Tiny\nmethod = tar\nsource = {Write("srv/tiny.tar", "x")}\n");
        store = new JobStore(Layout);
        (root, swap) = (Step("root"), Step("swap"));
        GivenDisks("bob", root.Current, swap.Current);
    }

    [Test]
    public void WhatIsWholeTakesItsPlace()
    {
        Built();
        Assert.That(Run("reimage web1 --resume"), Is.EqualTo((ExitCode.Done, "web1 has its new system, tiny\n")));
        Assert.That((Read(root.Current), Read(swap.Current), Read(root.Outgoing)), Is.EqualTo(("new root", "new swap", "old root")));
        Assert.That(Run(Undo).Words, Does.StartWith($"web1 has the system from before {Id} again"));
        Assert.That((Read(root.Current), Read(swap.Current)), Is.EqualTo(("old root", "old swap")));
    }

    // CA: the first disk is exchanged, and the second cannot be: on half of the new system the guest would write what an undo throws away
    [Test]
    public void WhatCannotBeExchangedAsAWholeIsTakenBackAndTheGuestBooted()
    {
        Built(boots: true, root, swap with { Outgoing = root.Outgoing }); // which is in the way by then
        Toolstack.Run("web1");
        var (code, words) = Run("reimage web1 --resume");
        Assert.That((code, words.Contains("its disks could not be exchanged, and are as they were", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
        Assert.That((Read(root.Current), Read(swap.Current), store.Find(Id)!.Stage), Is.EqualTo(("old root", "old swap", JobStage.Failed)));
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
    }

    [TestCase("boot web1", false)]
    [TestCase("reset web1", true)]
    public void HalfOfANewSystemIsNotBooted(string line, bool isUp)
    {
        Built(JobStage.Swapping);
        File.Move(root.Current, root.Outgoing);
        File.Move(root.Incoming, root.Current);
        if (isUp)
        {
            Toolstack.Run("web1", DomainState.Crashed);
        }

        Assert.That(Run(line), Is.EqualTo((ExitCode.Busy, $"xen-shell: web1: its reimage {Id} was cut off halfway; 'reimage --resume web1' goes on, 'reimage --undo web1' takes it back\n")));
        Assert.That(Toolstack.Calls, Is.Empty);
        Assert.That(Run("reimage web1 --resume", "staff").Words, Does.Contain(isUp ? "crashed" : "web1 has its new system, tiny"));
    }

    // CA: web1 was renamed, and its name is another guest's: the disk of the renamed one was moved under it
    [TestCase("reimage web1 --resume", JobStage.Built)]
    [TestCase(Undo, JobStage.Done)]
    public void ADiskThatTheGuestsFileNamesNoMoreIsNotMoved(string line, JobStage stage)
    {
        Built(stage);
        GivenDisks("bob", Write("srv/other", "other's"));
        var (code, words) = Run(line);
        Assert.That((code, words), Is.EqualTo((ExitCode.Failed, words)));
        Assert.That(words, Does.Match("^xen-shell: web1: its file names other disks than those that (undo|reimage) [2-9a-z]{6} is about; please tell the administrator\n$"));
        Assert.That(Read(root.Current), Is.EqualTo(stage == JobStage.Done ? "new root" : "old root"));
    }

    // TU: the next owner of the name brings back what the last one had
    [Test]
    public void AFormerOwnersSystemIsNotTheNextOwners()
    {
        Built(JobStage.Done);
        GivenDisks("carol", root.Current, swap.Current);
        Assert.That(Run(Undo, "carol"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1: no old system of it is kept; there is nothing to bring back\n")));
        Assert.That(Run($"jobs {Id}", "carol").Words, Does.Contain("no such job"));
        Assert.That(Run("jobs", "carol").Words, Does.Not.Contain(Id));
        Assert.That(Run("reimage web1 --status", "carol").Words, Does.Not.Contain(Id));
        Assert.That(Read(root.Current), Is.EqualTo("new root"));
        Assert.That(Run($"jobs {Id}", "staff").Words, Does.Contain(Id));
        Assert.That(Run(Undo, "staff").Words, Does.Contain("--reason"), "who is not its owner says why");
        Assert.That(Run($"{Undo} --reason=ticket", "staff").Code, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void AFormerOwnersHalfDoneExchangeIsForTheAdministrator()
    {
        Built(JobStage.Swapping);
        File.Move(root.Current, root.Outgoing);
        GivenDisks("carol", root.Current, swap.Current);
        foreach (var line in new[] { Undo, "reimage web1 --resume" })
        {
            Assert.That(Run(line, "carol"), Is.EqualTo((ExitCode.WrongState, $"xen-shell: web1: its reimage {Id} is of a former owner's time; please tell the administrator\n")));
        }

        Assert.That(Run("boot web1", "carol"), Is.EqualTo((ExitCode.Failed, "xen-shell: web1: its disks were being exchanged in a former owner's time; please tell the administrator\n")));

        Assert.That(Read(root.Outgoing), Is.EqualTo("old root"));
    }

    // TU: he is no owner any more, and what he ordered hangs: the next one could neither boot nor order
    [Test]
    public void WhatAFormerOwnerOrderedIsEndedForTheNext()
    {
        Built(JobStage.Building);
        GivenDisks("carol", root.Current, swap.Current);
        Assert.That(Run("boot web1", "carol"), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: what a former owner had ordered is being ended; try again in a minute\n")));
        Assert.That(store.CancelledBy(Id), Is.EqualTo("root"));
    }

    [Test]
    public void StaffAreToldThatAnUndoBringsAFormerOwnersSystem()
    {
        Built(JobStage.Done);
        Assert.That(Run("reimage web1 --undo --plan").Words, Does.Not.Contain("former owners"));
        GivenDisks("carol", root.Current, swap.Current);
        Assert.That(Run("reimage web1 --undo --plan --reason=ticket", "staff").Words, Does.Contain("That was in the time of its former owners, bob: it has what they left on it."));
    }

    // CA: the old disk was attached to another guest meanwhile, or mounted, to copy something from it
    [Test]
    public void ADiskThatSomebodyUsesDoesNotComeBack()
    {
        Built(JobStage.Done);
        Toolstack.Run("web1");
        Toolstack.Shown.Add(new DomainDisk(Toolstack.Run("stranger"), root.Outgoing, IsWritable: false));
        var (code, words) = Run($"{Undo} --shutdown");
        Assert.That((code, words), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: the disk that it would get back is in use; please tell the administrator, whose record says by whom\n")));
        Assert.That((Read(root.Current), Toolstack.Calls.Count), Is.EqualTo(("new root", 0)));
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

        Assert.That(store.All(), Has.Count.LessThan(24));
    }

    // what nobody keeps any more is in nobody's way
    [Test]
    public void OnlyWhatIsKeptCounts()
    {
        foreach (var id in new[] { "aaaaaa", "bbbbbb" })
        {
            store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1)
            {
                Stage = JobStage.Done, Owners = ["bob"], GuestFile = "", KeptUntil = 4_000_000_000, Steps = [root with { Outgoing = VolumeKind.NameBeside(root.Current, "old", id) }],
            });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1").Words, Does.Not.Contain("earlier systems"));
        foreach (var job in store.All())
        {
            File.WriteAllText(job.Steps[0].Outgoing, "x");
            store.Write(job with { Steps = [job.Steps[0] with { CurrentIdentity = VolumeKind.Of(Layout, root.Current)!.Find(job.Steps[0].Outgoing)!.Identity }] });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1").Words, Does.Contain("2 earlier systems of it are kept"));
    }

    // CA: nothing could come of it, and the guest was off for that
    [TestCase("taken")]
    [TestCase("other file")]
    [TestCase("no image")]
    public void AGuestIsLookedAtBeforeItIsTakenDown(string what)
    {
        Built(boots: true);
        Toolstack.Run("web1");
        switch (what)
        {
            case "taken":
                Toolstack.Shown.Add(new DomainDisk(Toolstack.Run("stranger"), root.Current, IsWritable: true));
                break;
            case "other file":
                GivenDisks("bob", Write("srv/other", "other's"));
                break;
            default:
                File.Delete($"{Layout.Root}/etc/xen-shell/images.d/tiny.conf");
                break;
        }

        Assert.That(Run("reimage web1 --resume").Code, Is.Not.EqualTo(ExitCode.Done));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // CA: the new disk goes while the guest takes its time to go down
    [Test]
    public void AGuestThatWasTakenDownForNothingIsBootedAgain()
    {
        Built(boots: true);
        Toolstack.Run("web1");
        Toolstack.AfterShutdown = () => File.Delete(root.Incoming);
        var (code, words) = Run("reimage web1 --resume");
        Assert.That((code, words.Contains("its disk is no longer the one", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
        Assert.That((Read(root.Current), store.Find(Id)!.Stage), Is.EqualTo(("old root", JobStage.Built)));
    }

    // TU: his right is taken away, or he wants no more of it, while the guest goes down
    [TestCase("revoked")]
    [TestCase("Ctrl-C")]
    public void WhoeverIsLostMeanwhileTheGuestIsNotLeftOff(string how)
    {
        Built(JobStage.Done);
        Toolstack.Run("web1");
        Toolstack.AfterShutdown = () =>
        {
            if (how == "revoked")
            {
                GivenDisks("carol", root.Current, swap.Current);
            }
            else
            {
                Caller.WriteAll("\u0003"u8);
            }
        };
        Assert.That(Run($"{Undo} --shutdown").Code, Is.EqualTo(how == "revoked" ? ExitCode.NotAllowed : ExitCode.Done));
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
        Assert.That(Read(root.Current), Is.EqualTo(how == "revoked" ? "new root" : "old root"));
    }

    // CA: between two lives of a guest that reboots by itself the toolstack knows nothing of it
    [Test]
    public void AGuestBetweenTwoLivesIsNotOff()
    {
        Built();
        using var claim = DiskClaim.Take(Layout, GuestName.Parse("web1"), [], out _); // xl's own process has it
        var looks = 0;
        Toolstack.BeforeList = () =>
        {
            if (++looks == 3)
            {
                Toolstack.Run("web1");
            }
        };
        Assert.That(Run("reimage web1 --resume"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1 has been booted meanwhile; nothing was exchanged\n")));
        Assert.That(Read(root.Current), Is.EqualTo("old root"));
    }

    // CA: xendomains restores it when the host boots, with the memory of a system that is on another disk
    [Test]
    public void WhatWasSavedIsPutAsideBeforeTheDisksAreExchanged()
    {
        Built();
        var saved = Write("var/lib/xen/save/web1", "memory");
        Assert.That(Run("reimage web1 --resume").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(File.Exists(saved), Is.False);
        Assert.That(Directory.GetFiles($"{Layout.Root}/var/lib/xen/save").Single(), Does.Contain("/.web1.stale-"));
    }

    // CA: no room, or no power, between the removal of the new disks and the note of it: the guest did not boot any more
    [TestCase("boot web1")]
    [TestCase(Undo)]
    public void WhatCannotBeNotedIsNotRemoved(string line)
    {
        Built(JobStage.Swapping);
        if (line == Undo)
        {
            File.Move(root.Current, root.Outgoing); // cut off halfway
        }

        using (var records = FileSystem.OpenOrCreate($"{Layout.JobsFolder}/.lock"))
        {
            Assert.That(records.TryLock(), Is.True);
            Run(line);
        }

        Assert.That((Read(root.Current), Read(root.Incoming)), Is.EqualTo(("old root", "new root")));
        Assert.That(Run("boot web1").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((store.Find(Id)!.Stage, File.Exists(root.Incoming)), Is.EqualTo((JobStage.Failed, false)));
    }

    // the same by an administrator who tidies up
    [Test]
    public void NewDisksThatAreGoneKeepNobodyFromBooting()
    {
        Built(JobStage.Swapping);
        File.Delete(swap.Incoming);
        Assert.That(Run("reimage web1 --resume"), Is.EqualTo((ExitCode.WrongState, $"web1: its reimage {Id} was interrupted; web1 is as it was\nxen-shell: web1: there is nothing to go on with\n")));
        Assert.That(Run("boot web1").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(root.Current), File.Exists(root.Incoming)), Is.EqualTo(("old root", false)));
    }

    // CA: the power was cut while disks were exchanged, and root booted the guest: what it has written since must not go
    [Test]
    public void WhatAGuestRunsOnIsNotTakenBack()
    {
        Built(JobStage.Swapping);
        File.Move(root.Current, root.Outgoing);
        File.Move(root.Incoming, root.Current);
        Toolstack.Run("web1");
        Assert.That(Run($"{Undo} --shutdown"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1 is running on what was cut off halfway; 'reimage --resume web1 --shutdown' makes it whole\n")));
        Assert.That(Read(root.Current), Is.EqualTo("new root"));
    }

    [Test]
    public void ThePlanOfTakingBackSaysWhatThatIs()
    {
        Built(JobStage.Swapping);
        File.Move(root.Current, root.Outgoing);
        Assert.That(Run("reimage web1 --undo --plan"), Is.EqualTo((ExitCode.Done, $"The reimage {Id} of web1, which was cut off halfway, is taken back: its disks are what they were before, and what was built is removed.\n")));
        Assert.That(Run(Undo).Words, Does.Contain("taken back; all is as it was"));
    }

    // the new disk for swap was tidied away by somebody meanwhile
    [Test]
    public void TheWayBackNeedsNothingOfWhatIsGone()
    {
        Built(JobStage.Swapping);
        File.Move(root.Current, root.Outgoing);
        File.Delete(swap.Incoming);
        Assert.That(Run(Undo).Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(root.Current), Read(swap.Current)), Is.EqualTo(("old root", "old swap")));
    }

    // TU: two orders, one after the other; undo went to and fro between their systems, and the customer's own was reaped
    [Test]
    public void TheFirstOfTwoOldSystemsComesBackToo()
    {
        Built(JobStage.Done);
        GivenASecond("bcd345");
        Assert.That(Run("reimage web1 --undo --plan").Words, Does.Contain($"web1 gets back what it had before reimage bcd345 (tiny).\n").And.Contain($"Kept as well is what it had before reimage {Id} (tiny): --job={Id} brings that back.\n"));
        Assert.That(Run($"{Undo} --job={Id}").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(root.Current), Read(swap.Current)), Is.EqualTo(("old root", "old swap")));
        Assert.That(Run($"{Undo} --job={Id}").Code, Is.EqualTo(ExitCode.WrongState), "it is back");
        Assert.That(Run($"{Undo} --job=bcd345").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Read(root.Current), Is.EqualTo("new root"));
        Assert.That(Run($"reimage web1 tiny --job={Id} --confirm=web1"), Is.EqualTo((ExitCode.Usage, "xen-shell: --job says which old system --undo brings back\n")));
    }

    // TU: support makes the guest ready for its next owner, who brings back what the last one had
    [Test]
    public void WhatWasThereBeforeANewOwnersFirstSystemIsNotTheirs()
    {
        Run("log web1"); // bob's, as of now
        GivenDisks("carol", root.Current, swap.Current);
        var (code, words) = Run("reimage web1 tiny --plan --reason=new", "staff");
        Assert.That((code, words), Is.EqualTo((ExitCode.Done, words)));
        Assert.That(words, Does.Contain("It is of the time of its last owners, bob: nobody else but staff can bring it back.\n"));
        Built(JobStage.Done);
        store.Write(store.Find(Id)! with { Owners = ["carol"], OldOwners = ["bob"] });
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
        store.Write(store.Find(Id)! with { Owners = ["alice", "bob"] });
        GivenDisks("alice, carol", root.Current, swap.Current);
        Assert.That(Run(Undo, "carol").Code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(Run(Undo, "alice").Code, Is.EqualTo(ExitCode.Done));
    }

    // CA: the guest was moved, and its old folder removed: every order was refused, for ever
    [Test]
    public void AnOldSystemWhoseStorageIsGoneHindersNobody()
    {
        foreach (var id in new[] { "abc235", "abc236" })
        {
            var gone = root with { Current = $"{Layout.Root}/srv/gone/disk.img", Outgoing = $"{Layout.Root}/srv/gone/disk.img.xs-old-{id}" };
            store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1) { Stage = JobStage.Done, Ended = 2, KeptUntil = 4_000_000_000, Image = "tiny", Owners = ["bob"], GuestFile = "", Steps = [gone] });
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
        store.Write(store.Find(Id)! with { Stage = JobStage.Failed, Ended = 3 });
        store.Create(store.Find(Id)! with { Id = "cde456", Stage = JobStage.Waiting, Ended = null, Steps = [] });
        using var next = store.TryLock("cde456");
        turn.Dispose();
        var (code, words) = undo.Result;
        Assert.That((code, words), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: its reimage cde456 of bob is under way; 'jobs cde456 --follow' shows how far it is\n")));
        Assert.That(store.Find("cde456")!.Stage, Is.EqualTo(JobStage.Waiting));
    }

    // TU: with the reaper's timer off, or a disk that it must leave, there was no end to them
    [Test]
    public void EarlierSystemsPastTheirTimeCountUntilTheyAreGone()
    {
        foreach (var id in new[] { "abc235", "abc236" })
        {
            var step = root with { Outgoing = VolumeKind.NameBeside(root.Current, "old", id), CurrentIdentity = VolumeKind.Of(Layout, root.Current)!.Find(Write($"srv/{Path.GetFileName(VolumeKind.NameBeside(root.Current, "old", id))}", "older"))!.Identity };
            store.Create(new Job(id, JobKind.Reimage, "web1", "bob", 4001, 1) { Stage = JobStage.Done, Ended = 2, KeptUntil = 3, Image = "tiny", Owners = ["bob"], GuestFile = $"{Layout.Root}/etc/xen/web1.cfg", Steps = [step] });
        }

        Assert.That(Run("reimage web1 tiny --confirm=web1"), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: 2 earlier systems of it are kept, the first until 1970-01-01 00:00:03 UTC; 'reimage --undo web1' brings the last one back, and your provider can drop them before\n")));
    }

    // TU: with re-imaging closed to the owner by the blacklist, neither is it ended
    [Test]
    public void WhereReimageIsClosedSoIsItsCancelling()
    {
        Built(JobStage.Building);
        Grant($"xen_shell = 'bob'\nxen_shell_blacklist = 'reimage'\ndisk = [ 'file:{root.Current},xvda2,w' ]");
        Assert.That(Run($"jobs {Id}").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Run($"jobs {Id} --cancel").Code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(store.CancelledBy(Id), Is.Null);
    }

    // Another system in place of the one that the first order brought.
    private void GivenASecond(string id)
    {
        List<SwapStep> steps = [];
        foreach (var name in new[] { "root", "swap" })
        {
            var current = $"{Layout.Root}/srv/{name}";
            var beside = Write($"srv/{Path.GetFileName(VolumeKind.NameBeside(current, "new", id))}", $"third {name}");
            var kind = VolumeKind.Of(Layout, current)!;
            steps.Add(new SwapStep(current, beside, VolumeKind.NameBeside(current, "old", id), kind.Find(current)!.Identity, kind.Find(beside)!.Identity));
        }

        new Swap(Layout, steps).Forward();
        store.Create(JobRecovery.Finished(store.Find(Id)! with { Id = id, Created = 2, Steps = steps }, "done", TimeSpan.FromHours(1)));
    }

    private void GivenDisks(string owner, params string[] disks) =>
        Grant($"xen_shell = '{owner}'\ndisk = [ {string.Join(", ", disks.Select((disk, at) => $"'file:{disk},xvda{disks.Length - at},w'"))} ]");

    private void Built(JobStage stage = JobStage.Built)
    {
        Built(boots: false, root, swap);
        if (stage == JobStage.Done)
        {
            new Swap(Layout, [root, swap]).Forward();
            store.Write(JobRecovery.Finished(store.Find(Id)!, "done", TimeSpan.FromHours(1)));
        }
        else
        {
            store.Write(store.Find(Id)! with { Stage = stage });
        }

        if (stage is JobStage.Swapping or JobStage.Done)
        {
            worker!.Dispose();
        }
    }

    [TearDown]
    public void EndWorker() => worker?.Dispose();

    private void Built(bool boots) => Built(boots, root, swap);

    private void Built(bool boots, params SwapStep[] steps)
    {
        store.Create(new Job(Id, JobKind.Reimage, "web1", "bob", 4001, 1)
        {
            Stage = JobStage.Built, Image = "tiny", Owners = ["bob"], Boots = boots, ShutsDown = boots, GuestFile = $"{Layout.Root}/etc/xen/web1.cfg", Steps = steps,
        });
        worker = store.TryLock(Id);
    }

    private SwapStep Step(string name)
    {
        var path = Write($"srv/{name}", $"old {name}");
        var beside = VolumeKind.NameBeside(path, "new", Id);
        Write($"srv/{Path.GetFileName(beside)}", $"new {name}");
        var kind = VolumeKind.Of(Layout, path)!;
        return new SwapStep(path, beside, VolumeKind.NameBeside(path, "old", Id), kind.Find(path)!.Identity, kind.Find(beside)!.Identity);
    }

    private static string Read(string path) => File.ReadAllText(path);
}
