using System.Text;
using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>What is looked at before a domain is made: nothing runs on what somebody else writes, and nothing is cut that could not be booted again.</summary>
public sealed class OwnDisksTests : VerbTest
{
    // TU: a second copy of a guest, while its memory is coming in from another host
    [TestCase("web1--incoming")]
    [TestCase("web1--migratedaway")]
    public void AGuestThatIsBeingMovedIsNotBooted(string name)
    {
        Toolstack.Run(name, DomainState.Paused);
        var (code, words) = Run("boot web1");
        Assert.That(code, Is.EqualTo(ExitCode.Busy), words);
        Assert.That(words, Does.Contain("it is being moved between hosts; try again when that is done"));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    [Test]
    public void ADiskOfAGuestThatIsComingInIsInUse()
    {
        var disk = GivenDisk("w");
        Write("etc/xen/db1.cfg", $"name = 'db1'\nxen_shell = 'alice'\ndisk = [ '{disk},raw,xvda,w' ]\n");
        Toolstack.Run("db1--incoming", DomainState.Paused); // which shows none yet
        Assert.That(Run("boot web1"), Is.EqualTo((ExitCode.Busy, "xen-shell: web1: its disk xvda is in use by another guest; please tell the administrator\n")));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // an administrator looks after a guest's files from the host
    [TestCase(true, ExitCode.Busy)]
    [TestCase(false, ExitCode.Done)]
    public void ADiskThatTheHostItselfWritesIsInUse(bool isWritable, ExitCode code)
    {
        Toolstack.Shown.Add(new DomainDisk(0, GivenDisk("w"), isWritable));
        var (got, words) = Run("boot web1 --no-wait");
        Assert.That(got, Is.EqualTo(code), words);
        Assert.That(words.Contains("in use by the host itself", StringComparison.Ordinal), Is.EqualTo(isWritable), words);
    }

    // GK: one claim that nobody can read kept all guests of the host from booting
    [TestCase(70_000, 'w', false, ExitCode.Done)]
    [TestCase(7, 'w', false, ExitCode.Done)]
    [TestCase(7, 'w', true, ExitCode.Busy, Description = "what its file says stands for it")]
    [TestCase(0, ' ', true, ExitCode.Done, Description = "it claims none")]
    public void AClaimThatCannotBeReadCountsAgainstItsOwnGuestAlone(int length, char text, bool isShared, ExitCode code)
    {
        var disk = GivenDisk("w");
        Write("etc/xen/db1.cfg", $"name = 'db1'\ndisk = [ '{(isShared ? disk : Write("db1.img", ""))},raw,xvda,w' ]\n");
        using var claim = DiskClaim.Take(Layout, GuestName.Parse("db1"), [], out _);
        using (var file = FileSystem.TryOpen(Directory.GetFiles($"{Layout.RunFolder}/claims").Single(), forWriting: true)!)
        {
            file.WriteAll(Encoding.UTF8.GetBytes(new string(text, length)));
        }

        var (got, words) = Run("boot web1 --no-wait");
        Assert.That(got, Is.EqualTo(code), words);
        Assert.That(words.Contains("in use by another guest", StringComparison.Ordinal), Is.EqualTo(code == ExitCode.Busy), words);
        Assert.That(File.Exists(Layout.AuditLog) && File.ReadAllText(Layout.AuditLog).Contains("db1: what it was started with cannot be read", StringComparison.Ordinal), Is.EqualTo(length > 0));
    }

    [Test]
    public async Task ADomainThatIsBeingMadeIsWaitedFor()
    {
        Toolstack.Run("by-hand", DomainState.Starting);
        var boot = Task.Run(() => Run("boot web1 --no-wait"));
        Assert.That(boot.Wait(TimeSpan.FromSeconds(1)), Is.False, "nobody can say what disks it will have");
        Assert.That(Toolstack.Calls, Is.Empty);
        Toolstack.Set("by-hand", DomainState.Running);
        Assert.That((await boot).Code, Is.EqualTo(ExitCode.Done));
    }

    // TU: a restore takes minutes, and the second copy would run on what comes in
    [Test]
    public void WhileNobodyCanSayWhoseDisksItWillHaveNothingIsStarted()
    {
        Toolstack.Run("by-hand", DomainState.Starting);
        var (code, words) = Run("boot web1");
        Assert.That(code, Is.EqualTo(ExitCode.Busy), words);
        Assert.That(words, Does.Contain("another guest is being made on this host").And.Not.Contain("by-hand"));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    [TestCase(DomainState.Paused)]
    [TestCase(DomainState.Starting)]
    public void AGuestThatStandsPausedWithoutDisksForLongKeepsNobodyFromBooting(DomainState state)
    {
        Toolstack.Run("by-hand", state, started: 1000);
        Assert.That(Run("boot web1 --no-wait").Code, Is.EqualTo(ExitCode.Done));
    }

    // CA: libxl lets a domain have the empty name, and its disks would be taken for those of one that is gone
    [Test]
    public void ADomainWithTheEmptyNameMayBeThisGuest()
    {
        Toolstack.Run("");
        Assert.That(Run("boot web1").Words, Does.Contain("a guest runs on this host that Xen cannot name"));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // CA: xendomains restores what it finds at the next start of the host, onto a disk that has had another life
    [TestCase("boot web1", false)]
    [TestCase("reset web1", true)]
    public void AStateThatWasSavedBeforeIsPutAside(string line, bool isUp)
    {
        GivenState();
        if (isUp)
        {
            Toolstack.Run("web1");
        }

        Assert.That(Run($"{line} --no-wait").Words, Does.Contain("that state is put aside"));
        Assert.That(Directory.GetFiles(Layout.SaveFolder).Select(Path.GetFileName).Single(), Does.StartWith(".web1.stale-"));
        Assert.That(File.ReadAllText(Layout.AuditLog), Does.Contain("must not be restored any more"));
    }

    [Test]
    public void ABootThatFailsLeavesASavedStateToBeRestored()
    {
        GivenState();
        Toolstack.Failures["create"] = new("the toolstack refused", "no memory", isSilent: false);
        var (code, words) = Run("boot web1 --no-wait");
        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        Assert.That(File.Exists($"{Layout.SaveFolder}/web1"), Is.True);
        Assert.That(words, Does.Not.Contain("put aside"));
    }

    // CA: whatever ends the gate or the host between the boot and the moment after it leaves no state to be restored
    [Test]
    public void AStateIsPutAsideBeforeTheGuestRuns()
    {
        GivenState();
        Toolstack.BeforeCreate = () => Assert.That(File.Exists($"{Layout.SaveFolder}/web1"), Is.False);
        Assert.That(Run("boot web1 --no-wait").Code, Is.EqualTo(ExitCode.Done));
    }

    // CA: the guest ran, or may have: its disks are not those of the state any more
    [TestCase("reset web1", false)]
    [TestCase("boot web1", true)]
    public void AStateOfWhatMayHaveRunIsNotBroughtBack(string line, bool isLate)
    {
        GivenState();
        if (!isLate)
        {
            Toolstack.Run("web1");
        }

        Toolstack.Failures["create"] = new("the toolstack refused", "no memory", isSilent: false) { IsLate = isLate };
        Assert.That(Run($"{line} --no-wait").Words, Does.Contain("put aside"));
        Assert.That(File.Exists($"{Layout.SaveFolder}/web1"), Is.False);
    }

    [TestCase("XENDOMAINS_SAVE=/srv/states\n", true)]
    [TestCase("# XENDOMAINS_SAVE=/x\nXENDOMAINS_SAVE=/x\n XENDOMAINS_SAVE=\"/srv/states\" # ours\n", true)]
    [TestCase("XENDOMAINS_SAVE=\"\"\n", false)]
    [TestCase("XENDOMAINS_SAVE=$HOME/x\n", false)]
    public void XendomainsSaysWhereItSaves(string settings, bool isElsewhere)
    {
        Directory.CreateDirectory($"{Layout.Root}/etc/default");
        Write("etc/default/xendomains", settings);
        var folder = isElsewhere ? $"{Layout.Root}/srv/states" : Layout.SaveFolder;
        Directory.CreateDirectory(folder);
        File.WriteAllText($"{folder}/web1", "memory");
        Assert.That(Run("boot web1 --no-wait").Words, Does.Contain("that state is put aside"));
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName).Single(), Does.StartWith(".web1.stale-"));
    }

    private void GivenState()
    {
        Directory.CreateDirectory(Layout.SaveFolder);
        File.WriteAllText($"{Layout.SaveFolder}/web1", "memory");
    }

    // GK: a guest that reboots for weeks, each time while somebody waits: a file for each of its lives
    [Test]
    public void WhatWasSeenOfDomainsThatAreGoneIsForgotten()
    {
        Write("run/xen-shell/unshown-77", "db1");
        Write("run/xen-shell/unshown-78.a", "somebody is just writing");
        var id = Toolstack.Run("by-hand", DomainState.Starting);
        Run("boot web1");
        Assert.That(Directory.GetFiles(Layout.RunFolder, "unshown-*").Select(Path.GetFileName), Is.EquivalentTo(new[] { $"unshown-{id}", "unshown-78.a" }));
    }

    // CA: a restore was killed, and of what it left behind the toolstack never tells a start
    [TestCase("by-hand", ExitCode.Done)]
    [TestCase("another of its number", ExitCode.Busy)]
    public void WhatWasSeenSoLongAgoWithoutAStartKeepsNobodyFromBooting(string seen, ExitCode code)
    {
        Toolstack.Run("by-hand", DomainState.Starting);
        var note = Write($"run/xen-shell/unshown-{Toolstack.List()[0].Id}", seen);
        File.SetLastWriteTimeUtc(note, DateTime.UtcNow.AddHours(-2));
        Assert.That(Run("boot web1 --no-wait").Code, Is.EqualTo(code));
    }

    [TestCase("w!", "a disk in its file is not understood")]
    [TestCase("w", "its disk xvda is not there")]
    public void WhatTheToolstackWouldRefuseCutsNoPower(string access, string said)
    {
        var disk = GivenDisk(access);
        if (access == "w")
        {
            File.Delete(disk);
        }

        Toolstack.Run("web1");
        Assert.That(Run("reset web1").Words, Does.Contain(said));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // CA: the host's old kernel went with an update, or the file has a slip: what runs goes on
    [TestCase("kernel", "its kernel is not there")]
    [TestCase("ramdisk", "its ramdisk is not there")]
    [TestCase("bootloader", "its boot loader is not there")]
    [TestCase("type = 'hvm'\nfirmware_override", "its firmware is not there")]
    public void WhatItBootsFromIsThereBeforeItsPowerIsCut(string key, string said)
    {
        Grant($"xen_shell = 'bob'\n{key} = '{Layout.Root}/nosuch'");
        Toolstack.Run("web1");
        Assert.That(Run("reset web1").Words, Does.Contain($"{said}, and its power was left on"));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    [TestCase("bootloader = 'pygrub'\nkernel = '/nosuch'")]
    [TestCase("type = 'hvm'\nkernel = '/usr/lib/xen-4.1/boot/hvmloader'")]
    [TestCase("kernel = [ '/nosuch' ]")]
    public void WhatIsNoFileOfTheHostsNeedNotBeThere(string lines)
    {
        Grant($"xen_shell = 'bob'\n{lines}");
        Toolstack.Run("web1");
        Assert.That(Run("reset web1 --no-wait"), Is.EqualTo((ExitCode.Done, "web1 is booting\n")));
    }

    [Test]
    public void AFileThatTheToolstackDoesNotTakeCutsNoPower()
    {
        Toolstack.Failures["check"] = new("the toolstack refused", "web1.cfg:4: config parsing error", isSilent: false);
        Toolstack.Run("web1");
        Assert.That(Run("reset web1").Words, Does.Contain("would not boot it again, and its power was left on"));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // TU, CA: an administrator starts the guest by hand in the same moment, and both get its name and its disks
    [TestCase(DomainState.Running, "destroy 2", 1)]
    [TestCase(DomainState.Starting, "destroy 2", 1)]
    [TestCase(DomainState.Dying, null, 1, 2)]
    public void OfTwoThatAreMadeInOneMomentOneStays(DomainState other, string? call, params int[] left)
    {
        Toolstack.AfterCreate = () => Toolstack.Run("web1", other);
        Assert.That(Run("boot web1 --no-wait").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Toolstack.Calls.Skip(1), Is.EqualTo(call is null ? [] : new[] { call }));
        Assert.That(Toolstack.List().Select(domain => domain.Id), Is.EqualTo(left));
    }

    [Test]
    public void OfTwoTheOneThatIsFurtherStays()
    {
        Toolstack.BeforeCreate = () => Toolstack.Run("web1", DomainState.Starting);
        Assert.That(Run("boot web1 --no-wait").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Toolstack.Calls[^1], Is.EqualTo("destroy 1"));
    }

    // it runs, and "web1 is off now" would have it booted again
    [Test]
    public void ABootWhoseLookForAnotherFailsIsABoot()
    {
        Toolstack.AfterCreate = () => Toolstack.Failures["list"] = new("the toolstack did not answer", "", isSilent: true);
        Assert.That(Run("boot web1 --no-wait"), Is.EqualTo((ExitCode.Done, "web1 is booting\n")));
        Assert.That(File.ReadAllText(Layout.AuditLog), Does.Contain("web1 was started, and whether twice cannot be said"));
    }

    // a script, or QEMU by a name of its own, makes the disk on the way
    [TestCase("format=raw,vdev=xvda,access=w,script=block-own,target=anything")]
    [TestCase("format=raw,vdev=xvda,access=w,backendtype=qdisk,target=rbd:pool/web1")]
    [TestCase("drbd:r0,xvda,w")]
    [TestCase("format=raw,vdev=xvda,access=w,script=block-iscsi,target=iqn=iqn.2001-05.com.example:storage,portal=192.0.2.9:3260,user=web1,password=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public void WhatIsNoPathNeedNotBeThere(string line)
    {
        Grant($"xen_shell = 'bob'\ndisk = [ '{line}' ]");
        var (code, words) = Run("boot web1 --no-wait");
        Assert.That(code, Is.EqualTo(ExitCode.Done), words);
    }

    private string GivenDisk(string access)
    {
        var disk = Write("one.img", "");
        Grant($"xen_shell = 'bob'\ndisk = [ 'file:{disk},xvda,{access}' ]");
        return disk;
    }
}
