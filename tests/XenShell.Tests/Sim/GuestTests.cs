using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Tests.Sim;

/// <summary>Guests as their owners meet them.</summary>
[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GuestTests : IDisposable
{
    private readonly SimulatedHost host = new();

    public void Dispose() => host.Dispose();

    [Test]
    public void GuestBootsAndAnswersAtItsPrompt()
    {
        host.Xl("create", host.Guest("web1"));
        using var console = host.Console("web1");
        Assert.That(SimulatedHost.Expect(console, "root@web1:~# "), Does.Contain("Linux version 6.1.0-56-amd64").And.Contain("web1 login: "));
        console.WriteAll("uname -r\r"u8);
        Assert.That(SimulatedHost.Expect(console, "# "), Is.EqualTo("uname -r\r\n6.1.0-56-amd64\r\nroot@web1:~# "));
        console.WriteAll("frob\r"u8);
        Assert.That(SimulatedHost.Expect(console, "# "), Does.Contain("-sh: frob: not found\r\n"));
    }

    [Test]
    public void WhatWasPrintedWhileNobodyLookedIsKeptAndLogged()
    {
        host.Xl("create", host.Guest("web1"));
        SimulatedHost.Until(() => host.Store.List()[1].Phase == DomainPhase.Idle);
        using var console = host.Console("web1");
        SimulatedHost.Expect(console, "root@web1:~# ");
        var log = File.ReadAllLines($"{host.Layout.ConsoleLogFolder}/guest-web1.log");
        Assert.That(log[0], Does.Match(@"\A\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Logfile Opened\z"));
        Assert.That(log[^1], Does.EndWith("] root@web1:~# "));
    }

    [Test]
    public void ShutdownGuestIsGone()
    {
        host.Xl("create", host.Guest("web1"));
        var result = host.Xl("shutdown", "-w", "web1");
        Assert.That(result.Error, Is.EqualTo("Shutting down domain 1\nWaiting for 1 domains\nDomain 1 has been shut down, reason code 0\n"));
        SimulatedHost.Until(() => host.Store.List().Count == 1);
    }

    [Test]
    public void RebootedGuestHasANewId()
    {
        host.Xl("create", host.Guest("web1"));
        host.Xl("reboot", "web1");
        SimulatedHost.Until(() => host.Xl("domid", "web1").Output == "2\n");
    }

    [Test]
    public void PanickedGuestIsGoneAndItsLogKnowsWhy()
    {
        host.Xl("create", host.Guest("broken", "sim = 'panic'"));
        SimulatedHost.Until(() => host.Store.List().Count == 1);
        Assert.That(File.ReadAllText($"{host.Layout.ConsoleLogFolder}/guest-broken.log"), Does.Contain("Kernel panic - not syncing: "));
    }

    [Test]
    public void PreservedCrashIsSeen()
    {
        host.Xl("create", host.Guest("broken", "sim = 'panic'\non_crash = 'preserve'"));
        SimulatedHost.Until(() => host.Xl("list", "broken").Output.Contains("---sc-", StringComparison.Ordinal));
        Assert.That(host.Xl("destroy", "broken").ExitCode, Is.Zero);
        Assert.That(host.Store.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public void PausedGuestIsSilentUntilItIsUnpausedAsOftenAsPaused()
    {
        host.Xl("create", "-p", host.Guest("web1"));
        host.Xl("pause", "web1");
        host.Xl("unpause", "web1");
        Assert.That(host.Xl("list", "web1").Output, Does.Contain("--p---"));
        using var console = host.Console("web1");
        Assert.That(Poll.Wait(console, forWriting: false, TimeSpan.FromMilliseconds(100)), Is.False);
        host.Xl("unpause", "web1");
        SimulatedHost.Expect(console, "Linux version");
    }

    [Test]
    public void SysRqPrintsOnTheConsoleAndBRebootsAtOnce()
    {
        host.Xl("create", host.Guest("web1"));
        using var console = host.Console("web1");
        host.Xl("sysrq", "web1", "s");
        SimulatedHost.Expect(console, "sysrq: Emergency Sync\r\n");
        host.Xl("sysrq", "web1", "b");
        SimulatedHost.Until(() => host.Xl("domid", "web1").Output == "2\n");
    }

    [Test]
    public void SecondConsoleClientIsTurnedAway()
    {
        host.Xl("create", host.Guest("web1"));
        using var first = FileSystem.OpenOrCreate(host.Store.ConsoleLockPath(1));
        Assert.That(first.TryLock(), Is.True);
        var second = host.Xl("console", "web1");
        Assert.That((second.ExitCode, second.Error), Is.EqualTo(
            (11, "xenconsole: Could not lock /var/lock/xenconsole.1: Resource temporarily unavailable\n")));
    }

    [Test]
    public void ConsoleEndsWithItsGuest()
    {
        host.Xl("create", host.Guest("broken", "sim = 'panic'"));
        var console = host.Xl("console", "broken");
        Assert.That(console.ExitCode, Is.Zero);
        Assert.That(console.Output, Does.EndWith("Kernel Offset: disabled\r\n"));
    }

    [Test]
    public void KilledGuestIsGone()
    {
        host.Xl("create", host.Guest("web1"));
        // What kill -9 leaves: the files, and no lock on them.
        File.Copy($"{host.Layout.SimulatorFolder}/1.domain", $"{host.Layout.SimulatorFolder}/7.domain");
        File.WriteAllText($"{host.Layout.SimulatorFolder}/7.alive", "");
        Assert.That(host.Store.List().Select(domain => domain.Id), Is.EqualTo((int[])[0, 1]));
        Assert.That(File.Exists($"{host.Layout.SimulatorFolder}/7.domain"), Is.False);
    }

    [Test]
    public void HostileGuestAttacksTheTerminal()
    {
        host.Xl("create", host.Guest("evil", "sim = 'hostile'"));
        using var console = host.Console("evil");
        Assert.That(SimulatedHost.Expect(console, "root@evil:~# "), Does.Contain("\e]52;c;").And.Contain("\eP$q").And.Contain("\e[?1049h").And.Contain("\u009b31m"));
    }
}
