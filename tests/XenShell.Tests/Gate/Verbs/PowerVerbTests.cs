using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>boot, shutdown, poweroff, reboot, reset, pause, unpause and sysreq.</summary>
public sealed class PowerVerbTests : VerbTest
{
    private static readonly ToolstackException Refused = new("the toolstack refused", "/etc/xen/secret.cfg is odd", isSilent: false);

    [Test]
    public void BootStartsAGuestThatIsOffAndWatchesIt()
    {
        var (code, words) = Run("boot web1");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.Done), words);
            Assert.That(words, Is.EqualTo("web1 is booting; watching its first 1 s\nweb1 is running\n"));
            Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "create web1" }));
        });
    }

    [Test]
    public void BootTellsWhatAGuestThatDiesSaidLast()
    {
        Toolstack.GuestsDie = true;
        var (code, words) = Run("boot web1");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.Failed));
            Assert.That(words, Does.Contain("web1 died within 1 s of its boot; its console said nothing"));
        });
    }

    [TestCase("bootloader = 'pygrub'", ExitCode.Failed, "its boot loader did not come to an end")]
    [TestCase("", ExitCode.ToolstackSilent, "the host's Xen does not answer")]
    public void ABootLoaderThatHangsIsTheGuestsOwn(string line, ExitCode code, string said)
    {
        Grant($"xen_shell = 'bob'\n{line}");
        Toolstack.Failures["create"] = new("the toolstack did not answer within 180 s", "", isSilent: true) { IsLate = true };
        var (got, words) = Run("boot web1");
        Assert.That(got, Is.EqualTo(code));
        Assert.That(words, Does.Contain(said));
    }

    [Test]
    public void BootOfAGuestThatRunsStartsNothing() => Changes("boot web1", DomainState.Running, ExitCode.WrongState, "'reboot web1' asks it to start anew");

    [Test]
    public void AByteOfTheCallerEndsTheWatchAndNotTheBoot()
    {
        Configure("boot_watch = 60");
        var (code, words) = Run("boot web1", until: "watching", then: () => Caller.WriteAll("x"u8));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.Done), words);
            Assert.That(words, Does.EndWith("no longer watching; web1 goes on booting\n"));
            Assert.That(Toolstack.StateOf("web1"), Is.EqualTo(DomainState.Running));
        });
    }

    // paused before it ever ran, it looks like one that is being restored, and nothing would let it go on
    [Test]
    public void AGuestThatHasNotRunYetIsNotPaused()
    {
        Toolstack.Run("web1", DomainState.Running, cpuSeconds: 0);
        Assert.That(Run("pause web1"), Is.EqualTo((ExitCode.WrongState, "xen-shell: web1 is just starting; try again in a moment\n")));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    [Test]
    public void ShutdownWaitsUntilTheGuestIsOff() => Changes("shutdown web1", DomainState.Running, ExitCode.Done, "web1 is off", "shutdown web1");

    [Test]
    public void AGuestThatDoesNotListenKeepsRunning()
    {
        Toolstack.GuestsListen = false;
        Changes("shutdown web1 --timeout=1", DomainState.Running, ExitCode.Failed, "has not shut down within 1 s; 'poweroff web1'", "shutdown web1");
        Assert.That(Toolstack.StateOf("web1"), Is.EqualTo(DomainState.Running));
    }

    [Test]
    public void ForceCutsThePowerOfAGuestThatDoesNotListen()
    {
        Toolstack.GuestsListen = false;
        Changes("shutdown web1 --timeout=1 --force", DomainState.Running, ExitCode.Done, "its power was cut", "shutdown web1", "destroy 1");
    }

    // TU: revoked while waiting, the power of somebody else's guest is not cut
    [Test]
    public void ForceOfSomebodyWhoIsRevokedMeanwhileCutsNothing()
    {
        Toolstack.GuestsListen = false;
        Toolstack.Run("web1");
        var (code, words) = Run("shutdown web1 --timeout=2 --force", until: "was asked", then: () => Grant("xen_shell = 'alice'"));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.NotAllowed), words);
            Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "shutdown web1" }));
        });
    }

    [Test]
    public void NoWaitTellsOnlyThatItWasAsked()
    {
        Toolstack.GuestsListen = false;
        Changes("shutdown web1 --no-wait", DomainState.Running, ExitCode.Done, "web1 was asked to shut down, but has not answered yet", "shutdown web1");
    }

    [Test]
    public void PoweroffIsDoneWhenTheGuestIsGone() => Changes("poweroff web1", DomainState.Running, ExitCode.Done, "web1 is off", "destroy 1");

    // CA: an administrator renames it in the same moment, and a reset would start a second one on its disks
    [TestCase("poweroff web1", "destroy 1")]
    [TestCase("reset web1", "destroy 1", "create web1")]
    public void WhatIsRenamedInTheSameMomentIsWhatIsEnded(string line, params string[] calls)
    {
        Toolstack.Run("web1");
        Toolstack.BeforeDestroy = () => Toolstack.Rename("web1", "web1-old");
        Assert.That(Run($"{line}").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Toolstack.Calls, Is.EqualTo(calls));
        Assert.That(Toolstack.List().Select(domain => domain.Name), Is.EqualTo(calls.Length > 1 ? new[] { "web1" } : []));
    }

    // CA: an administrator moves it to another host in the same moment, and it would run on both
    [TestCase(true, new string[0])]
    [TestCase(false, new[] { "destroy 1" })]
    public void AGuestThatIsMovedInTheSameMomentIsNotBootedHereAsWell(bool isBefore, string[] calls)
    {
        Toolstack.Run("web1");
        Toolstack.DieSlowly = true;
        Action move = () => Toolstack.Rename("web1", "web1--migratedaway");
        _ = isBefore ? Toolstack.BeforeMaker = move : Toolstack.BeforeDestroy = move;
        Assert.That(Run("reset web1").Code, Is.EqualTo(ExitCode.Busy));
        Assert.That(Toolstack.Calls, Is.EqualTo(calls));
    }

    // "web1 is off", and it runs
    [Test]
    public void AGuestThatRebootsByItselfInTheSameMomentIsOffAllTheSame()
    {
        Toolstack.Run("web1");
        Toolstack.BeforeDestroy = () => Toolstack.Reboots("web1");
        Assert.That(Run("poweroff web1"), Is.EqualTo((ExitCode.Done, "web1 is off\n")));
        Assert.That(Toolstack.List(), Is.Empty);
    }

    // CA: renamed while it is on its way: "web1 is off" would have it started a second time
    [Test]
    public void AGuestThatLosesItsNameOnTheWayIsNotOff()
    {
        Toolstack.GuestsListen = false;
        Toolstack.Run("web1");
        var (code, words) = Run("shutdown web1 --timeout=2", "waiting up to", () => Toolstack.Rename("web1", "web1-old"));
        Assert.That((code, words.Contains("has not shut down within 2 s", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Failed, true)), words);
    }

    [Test]
    public void APoweroffThatIsRefusedTellsTheCallerNoneOfTheToolstacksWords()
    {
        Toolstack.Failures["destroy"] = Refused;
        var words = Changes("poweroff web1", DomainState.Running, ExitCode.Failed, "refused to poweroff web1; please tell the administrator", "destroy 1");
        Assert.That(words, Does.Not.Contain("secret"));
    }

    [Test]
    public void RebootIsDoneWhenTheNextLifeStays() => Changes("reboot web1", DomainState.Running, ExitCode.Done, "web1 has rebooted and is running", "reboot web1");

    [Test]
    public void ResetCutsThePowerAndBoots() => Changes("reset web1", DomainState.Crashed, ExitCode.Done, "web1 was reset and is running", "destroy 1", "create web1");

    [Test]
    public void AResetThatCannotBootTellsThatTheGuestIsOff()
    {
        Toolstack.Failures["create"] = Refused;
        Changes("reset web1", DomainState.Running, ExitCode.Failed, "web1 is off now; 'boot web1' tries again", "destroy 1", "create web1");
    }

    // CA: what has changed on the host since it was booted would leave it off
    [TestCase("vif = [ 'mac=00:16:3e:00:00:01, bridge=xs-none0.7' ]", "its network is not there, and its power was left on")]
    [TestCase("memory = 4000", "the host has too little memory to boot it again, and its power was left on")]
    public void AResetThatTheHostCouldNotTakeCutsNoPower(string line, string said)
    {
        Grant($"xen_shell = 'bob'\n{line}");
        Toolstack.Memory = 4000;
        Toolstack.Run("db1");
        Changes("reset web1", DomainState.Running, ExitCode.Failed, said);
        Assert.That(Toolstack.StateOf("web1"), Is.EqualTo(DomainState.Running));
    }

    [TestCase("vif = [ 'bridge=lo', 'script=vif-openvswitch,bridge=lo.100', '' ]")]
    [TestCase("memory = 3904")]
    [TestCase("vif = 'bridge=xs-none0'", Description = "xl warns, and makes it without")]
    [TestCase("vif = [ 'bridge=xs-none0', [ 'x' ] ]", Description = "the same")]
    [TestCase("vif = [ 'bridge=xs-none0,backend=netdom' ]", Description = "the bridge is there")]
    [TestCase("vif = [ 'bridge=xs-none0,script=vif-route' ]")]
    [TestCase("vif = [ 'bridge=xs-none0,bridge=lo' ]")]
    [TestCase("vif = [ 'bridge=xenbr0' ]")]
    [TestCase("memory = '512M'")]
    [TestCase("bootloader = [ 'pygrub' ]")]
    public void AResetThatTheHostCanTakeIsDone(string line)
    {
        Grant($"xen_shell = 'bob'\n{line}");
        Toolstack.Memory = 4000;
        Toolstack.Run("db1");
        Changes("reset web1", DomainState.Running, ExitCode.Done, "web1 was reset", "destroy 2", "create web1");
    }

    // TT: another tenant's boot loader hangs, and xl makes no other domain meanwhile
    [Test]
    public void AResetThatWouldHaveToWaitForAnotherCutsNoPower()
    {
        Toolstack.IsMaking = new(1, Creates: true);
        Changes("reset web1", DomainState.Running, ExitCode.Busy, "another guest is being made on this host, and its power was left on");
    }

    // TT: a guest that boots again by itself keeps its boot loader waiting, and xl's own process of it has the lock
    [TestCase("bootloader = 'pygrub'", true, null, true)]
    [TestCase("bootloader = 'pygrub'", false, null, false, Description = "a restore takes its time")]
    [TestCase("", true, null, false, Description = "what takes its time there is no boot loader")]
    [TestCase("", true, 1, true, Description = "its file had one when it was booted")]
    [TestCase("bootloader = 'pygrub'", true, 9, false, Description = "it waits for another's")]
    public void ABootLoaderThatOthersWaitForIsEndedAfterItsTime(string line, bool creates, int? loads, bool isEnded)
    {
        Write("etc/xen/db1.cfg", $"name = 'db1'\nxen_shell = 'alice'\n{line}\n");
        var id = Toolstack.Run("db1", DomainState.Starting, cpuSeconds: 0, memory: 0);
        var seen = Write($"run/xen-shell/unshown-{id}", "db1");
        Toolstack.IsMaking = new(1, creates, loads);
        Toolstack.BeforeDestroy = () => Toolstack.IsMaking = null;
        Toolstack.Run("web1");
        if (isEnded)
        {
            Assert.That(Run("reset web1").Code, Is.EqualTo(ExitCode.Busy));
            Assert.That(Toolstack.Calls, Is.Empty, "a minute is a boot loader's");
        }

        File.SetLastWriteTimeUtc(seen, DateTime.UtcNow.AddSeconds(-61));
        Assert.That(Run("reset web1").Code, Is.EqualTo(isEnded ? ExitCode.Done : ExitCode.Busy));
        Assert.That(Toolstack.Calls, Is.EqualTo(isEnded ? [$"destroy {id}", "destroy 2", "create web1"] : Array.Empty<string>()));
    }

    // TT: its boot loader always boots before its minute is over, and the guest reboots at once: nobody else would get xl's lock
    [TestCase(119, false)]
    [TestCase(120, true)]
    public void ABootLoaderOfAGuestThatHadItsTimeOfTheHourIsEndedSoon(int spent, bool isEnded)
    {
        var id = Toolstack.Run("db1", DomainState.Starting, cpuSeconds: 0, memory: 0);
        Directory.CreateDirectory($"{Layout.RunFolder}/loaders");
        Write("run/xen-shell/loaders/db1", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3000} {spent - 50} 77 50");
        File.SetLastWriteTimeUtc(Write($"run/xen-shell/unshown-{id}", "db1"), DateTime.UtcNow.AddSeconds(-11));
        Toolstack.IsMaking = new(1, Creates: true, Loads: id);
        Toolstack.BeforeDestroy = () => Toolstack.IsMaking = null;
        Toolstack.Run("web1");
        Assert.That(Run("reset web1").Code, Is.EqualTo(isEnded ? ExitCode.Done : ExitCode.Busy));
        Assert.That(Toolstack.Calls, Is.EqualTo(isEnded ? [$"destroy {id}", "destroy 2", "create web1"] : Array.Empty<string>()));
        Assert.That(File.Exists(Layout.AuditLog) && File.ReadAllText(Layout.AuditLog).Contains("db1: its boot loader did not come to an end, and other guests waited for it, 10 s, and 120 s before within the hour", StringComparison.Ordinal), Is.EqualTo(isEnded));
    }

    // TT: several guests in line, whose boot loaders have spent their time: each is ended in its turn, and the reset goes on
    [Test]
    public void AResetOutlastsALineOfThem()
    {
        Toolstack.Run("web1");
        var ids = new[] { "db1", "db2" }.Select(Spent).ToArray();
        File.SetLastWriteTimeUtc(Write($"run/xen-shell/unshown-{ids[0]}", "db1"), DateTime.UtcNow.AddSeconds(-8));
        Toolstack.IsMaking = new(1, Creates: true, Loads: ids[0]);
        Toolstack.BeforeDestroy = () => Toolstack.IsMaking = new(2, Creates: true, Loads: ids[1]);
        Toolstack.BeforeList = () => Toolstack.IsMaking = Toolstack.Calls.Count == 2 ? null : Toolstack.IsMaking;
        Assert.That(Run("reset web1").Code, Is.EqualTo(ExitCode.Done));
        Assert.That(Toolstack.Calls.Take(3), Is.EqualTo(new[] { $"destroy {ids[0]}", $"destroy {ids[1]}", "destroy 1" }));

        int Spent(string guest)
        {
            Write($"etc/xen/{guest}.cfg", $"name = '{guest}'\n");
            Directory.CreateDirectory($"{Layout.RunFolder}/loaders");
            Write($"run/xen-shell/loaders/{guest}", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()} 120 0 0");
            return Toolstack.Run(guest, DomainState.Starting, cpuSeconds: 0, memory: 0);
        }
    }

    // CA: one question that xl refuses, and a boot of a minute would be ended for it
    [Test]
    public void WhatCannotBeSeenJustNowEndsNoBoot()
    {
        Grant("xen_shell = 'bob'\nbootloader = 'pygrub'");
        Toolstack.WhileCreating = () => Toolstack.Failures["list"] = Refused;
        Toolstack.BeforeCreate = () => Toolstack.Failures.Remove("list");
        Assert.That(Run("boot web1").Code, Is.EqualTo(ExitCode.Done));
    }

    // CA: root restores the guest in the moment in which its owner boots it
    [TestCase(1, true, ExitCode.Busy, "another guest is being made on this host all that time", true)]
    [TestCase(null, true, ExitCode.ToolstackSilent, "the host's Xen does not answer", false)]
    [TestCase(1, false, ExitCode.ToolstackSilent, "the host's Xen does not answer", false, Description = "it got its turn after we looked")]
    public void ABootThatNeverGotItsTurnEndsNobodyElsesWork(int? maker, bool isLate, ExitCode code, string said, bool stays)
    {
        Toolstack.IsMaking = maker is { } pid ? new(pid, Creates: true) : null;
        Toolstack.WhileCreating = () => Toolstack.Run("web1", DomainState.Starting);
        Toolstack.Failures["create"] = new("the toolstack did not answer within 180 s", "", isSilent: true) { IsLate = isLate };
        var (got, words) = Run("boot web1");
        Assert.That((got, words.Contains(said, StringComparison.Ordinal)), Is.EqualTo((code, true)), words);
        Assert.That(Toolstack.StateOf("web1"), stays ? Is.EqualTo(DomainState.Starting) : Is.Null);
    }

    // TU: revoked while another guest's boot loader has xl's lock, the guest of somebody else is not booted
    [Test]
    public void WhoIsRevokedWhileTheBootWaitsForItsTurnBootsNothing()
    {
        Toolstack.IsMaking = new(1, Creates: true);
        Toolstack.WhileCreating = () => Grant("xen_shell = 'alice'");
        Assert.That(Run("boot web1"), Is.EqualTo((ExitCode.NotAllowed, "xen-shell: web1: no such guest; 'list' shows yours\n")));
        Assert.That(Toolstack.List(), Is.Empty);
    }

    // TU: the same of a reset, whose power is still on
    [Test]
    public void WhoIsRevokedWhileTheResetWaitsForItsTurnCutsNothing()
    {
        Toolstack.Run("web1");
        Toolstack.IsMaking = new(1, Creates: true);
        Toolstack.BeforeMaker = () => Grant("xen_shell = 'alice'");
        Assert.That(Run("reset web1").Code, Is.EqualTo(ExitCode.NotAllowed));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    // OT: nor is a guest whose power was cut left off for its new owner
    [Test]
    public void WhoIsRevokedAfterThePowerWasCutLeavesNoGuestOff()
    {
        Toolstack.Run("web1");
        Toolstack.WhileCreating = () =>
        {
            Toolstack.IsMaking = new(1, Creates: true);
            Grant("xen_shell = 'alice'");
        };
        Run("reset web1");
        Assert.That(Toolstack.Calls, Is.EqualTo(new[] { "destroy 1", "create web1" }));
    }

    [Test]
    public void PauseFreezes() => Changes("pause web1", DomainState.Running, ExitCode.Done, "web1 is paused; 'unpause web1' lets it go on", "pause web1");

    [Test]
    public void UnpauseLetsGoOn() => Changes("unpause web1", DomainState.Paused, ExitCode.Done, "web1 is running", "unpause web1");

    [Test]
    public void SysreqSendsItsKey() => Changes("sysreq web1 s", DomainState.Running, ExitCode.Done, "sent 's' to the kernel of web1", "sysrq web1 s");

    // TU: the gate refuses by itself what a shell of somebody's own asks for
    [TestCase("boot")]
    [TestCase("shutdown")]
    [TestCase("poweroff")]
    [TestCase("reboot")]
    [TestCase("reset")]
    [TestCase("pause")]
    [TestCase("unpause")]
    public void AGuestOfSomebodyElsesIsNoGuest(string verb)
    {
        Toolstack.Run("db1", verb == "unpause" ? DomainState.Paused : DomainState.Running);
        var (code, words) = Run($"{verb} db1");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.NotAllowed));
            Assert.That(words, Is.EqualTo("xen-shell: db1: no such guest; 'list' shows yours\n"));
            Assert.That(Toolstack.Calls, Is.Empty);
        });
    }

    [TestCase("boot web1")]
    [TestCase("poweroff web1")]
    [TestCase("shutdown web1")]
    public void NothingIsDoneWhileTheToolstackDoesNotAnswer(string line)
    {
        Toolstack.Failures["list"] = new("the toolstack did not answer", "", isSilent: true);
        Assert.That(Run(line).Code, Is.EqualTo(ExitCode.ToolstackSilent));
        Assert.That(Toolstack.Calls, Is.Empty);
    }

    private string Changes(string line, DomainState state, ExitCode code, string said, params string[] calls)
    {
        Toolstack.Run("web1", state);
        var (got, words) = Run(line);
        Assert.Multiple(() =>
        {
            Assert.That(got, Is.EqualTo(code), words);
            Assert.That(words, Does.Contain(said));
            Assert.That(Toolstack.Calls, Is.EqualTo(calls));
        });
        return words;
    }
}
