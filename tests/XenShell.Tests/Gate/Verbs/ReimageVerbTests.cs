using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>What the gate does when the disks of a job are whole.</summary>
public sealed class ReimageVerbTests : ReimageVerbTest
{
    [Test]
    public void WhatIsWholeTakesItsPlace()
    {
        Built();
        Assert.That(Run("reimage web1 --resume"), Is.EqualTo((ExitCode.Done, "web1 has its new system, tiny\n")));
        Assert.That((Read(Root.Current), Read(Swapped.Current), Read(Root.Outgoing)), Is.EqualTo(("new root", "new swap", "old root")));
        Assert.That(Run(Undo).Words, Does.StartWith($"web1 has the system from before {Id} again"));
        Assert.That((Read(Root.Current), Read(Swapped.Current)), Is.EqualTo(("old root", "old swap")));
    }

    // CA: the first disk is exchanged, and the second cannot be: on half of the new system the guest would write what an undo throws away
    [Test]
    public void WhatCannotBeExchangedAsAWholeIsTakenBackAndTheGuestBooted()
    {
        Built(boots: true, Root, Swapped with { Outgoing = Root.Outgoing }); // which is in the way by then
        Toolstack.Run("web1");
        var (code, words) = Run("reimage web1 --resume");
        Assert.That((code, words.Contains("its disks could not be exchanged, and are as they were", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
        Assert.That((Read(Root.Current), Read(Swapped.Current), Store.Find(Id)!.Stage), Is.EqualTo(("old root", "old swap", JobStage.Failed)));
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
    }

    [TestCase("boot web1", false)]
    [TestCase("reset web1", true)]
    public void HalfOfANewSystemIsNotBooted(string line, bool isUp)
    {
        Built(JobStage.Swapping);
        File.Move(Root.Current, Root.Outgoing);
        File.Move(Root.Incoming, Root.Current);
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
        Assert.That(Read(Root.Current), Is.EqualTo(stage == JobStage.Done ? "new root" : "old root"));
    }

    [Test]
    public void AFormerOwnersHalfDoneExchangeIsForTheAdministrator()
    {
        Built(JobStage.Swapping);
        File.Move(Root.Current, Root.Outgoing);
        GivenDisks("carol", Root.Current, Swapped.Current);
        foreach (var line in new[] { Undo, "reimage web1 --resume" })
        {
            Assert.That(Run(line, "carol"), Is.EqualTo((ExitCode.WrongState, $"xen-shell: web1: its reimage {Id} is of a former owner's time; please tell the administrator\n")));
        }

        Assert.That(Run("boot web1", "carol"), Is.EqualTo((ExitCode.Failed, "xen-shell: web1: its disks were being exchanged in a former owner's time; please tell the administrator\n")));

        Assert.That(Read(Root.Outgoing), Is.EqualTo("old root"));
    }

    // TU: he is no owner any more, and what he ordered hangs: the next one could neither boot nor order
    [Test]
    public void WhatAFormerOwnerOrderedIsEndedForTheNext()
    {
        Built(JobStage.Building);
        GivenDisks("carol", Root.Current, Swapped.Current);
        Assert.That(Run("boot web1", "carol"), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: what a former owner had ordered is being ended; try again in a minute\n")));
        Assert.That(Store.CancelledBy(Id), Is.EqualTo("root"));
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
                Toolstack.Shown.Add(new DomainDisk(Toolstack.Run("stranger"), Root.Current, IsWritable: true));
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
        Toolstack.AfterShutdown = () => File.Delete(Root.Incoming);
        var (code, words) = Run("reimage web1 --resume");
        Assert.That((code, words.Contains("its disk is no longer the one", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
        Assert.That((Read(Root.Current), Store.Find(Id)!.Stage), Is.EqualTo(("old root", JobStage.Built)));
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
                GivenDisks("carol", Root.Current, Swapped.Current);
            }
            else
            {
                Caller.WriteAll("\u0003"u8);
            }
        };
        Assert.That(Run($"{Undo} --shutdown").Code, Is.EqualTo(how == "revoked" ? ExitCode.NotAllowed : ExitCode.Done));
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1", "create web1" }));
        Assert.That(Read(Root.Current), Is.EqualTo(how == "revoked" ? "new root" : "old root"));
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
        Assert.That(Read(Root.Current), Is.EqualTo("old root"));
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
            File.Move(Root.Current, Root.Outgoing); // cut off halfway
        }

        using (var records = FileSystem.OpenOrCreate($"{Layout.JobsFolder}/.lock"))
        {
            Assert.That(records.TryLock(), Is.True);
            Run(line);
        }

        Assert.That((Read(Root.Current), Read(Root.Incoming)), Is.EqualTo(("old root", "new root")));
        Assert.That(Run("boot web1").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Store.Find(Id)!.Stage, File.Exists(Root.Incoming)), Is.EqualTo((JobStage.Failed, false)));
    }

    // the same by an administrator who tidies up
    [Test]
    public void NewDisksThatAreGoneKeepNobodyFromBooting()
    {
        Built(JobStage.Swapping);
        File.Delete(Swapped.Incoming);
        Assert.That(Run("reimage web1 --resume"), Is.EqualTo((ExitCode.WrongState, $"web1: its reimage {Id} was interrupted; web1 is as it was\nxen-shell: web1: there is nothing to go on with\n")));
        Assert.That(Run("boot web1").Code, Is.EqualTo(ExitCode.Done));
        Assert.That((Read(Root.Current), File.Exists(Root.Incoming)), Is.EqualTo(("old root", false)));
    }

    // TU: with re-imaging closed to the owner by the blacklist, neither is it ended
    [Test]
    public void WhereReimageIsClosedSoIsItsCancelling()
    {
        Built(JobStage.Building);
        Grant($"xen_shell = 'bob'\nxen_shell_blacklist = 'reimage'\ndisk = [ 'file:{Root.Current},xvda2,w' ]");
        Assert.That(Run($"jobs {Id}").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Run($"jobs {Id} --cancel").Code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(Store.CancelledBy(Id), Is.Null);
    }
}
