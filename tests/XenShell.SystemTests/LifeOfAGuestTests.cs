using System.Text.Json;
using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The main job: bob looks after his guest. The same on the simulator and on real Xen.</summary>
[OnEveryHost]
public sealed class LifeOfAGuestTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void BobBootsLooksAndShutsDown()
    {
        GivenOff("web1");
        var bob = As("bob");

        Assert.That(bob.Run("boot").Done().Output, Does.Contain("web1 is running"));
        Assert.That(States("bob"), Is.EqualTo(new Dictionary<string, string> { ["web1"] = "running" }));
        Assert.That(bob.Run("uptime").Done().Output, Does.Match(@"web1: up \d\d:\d\d:\d\d"));
        Assert.That(bob.Run("log --lines=200").Done().Output, Does.Contain("web1"));
        Assert.That(bob.Run("shutdown").Done().Output, Does.Contain("web1 is off"));
        Assert.That(State("web1"), Is.EqualTo("off"));
    }

    [Test]
    public void StatusIsTheDocumentThatMonitoringReads()
    {
        GivenRunning("web1");
        using var document = JsonDocument.Parse(As("bob").Run("status web1 --json").Done().Output);
        var guest = document.RootElement.GetProperty("guests")[0];

        Assert.That(guest.GetProperty("name").GetString(), Is.EqualTo("web1"));
        Assert.That(guest.GetProperty("state").GetString(), Is.EqualTo("running"));
        Assert.That(guest.GetProperty("role").GetString(), Is.EqualTo("owner"));
        Assert.That(guest.GetProperty("memory_mib").GetInt64(), Is.EqualTo(96));
        Assert.That(guest.GetProperty("vcpus").GetInt32(), Is.EqualTo(1));
        Assert.That(guest.GetProperty("uptime_seconds").GetInt64(), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void WhatRunsIsNotBootedAgain()
    {
        GivenRunning("web1");
        Assert.That(As("bob").Run("boot web1").Refused(ExitCode.WrongState), Does.Contain("web1 is running"));
    }

    [Test]
    public void WhatIsOffCannotBeShutDown()
    {
        GivenOff("web1");
        foreach (var command in new[] { "shutdown", "poweroff", "reboot", "reset", "pause", "unpause", "sysreq s" })
        {
            Assert.That(As("bob").Run(command).Refused(ExitCode.WrongState), Does.Contain("web1 is off"), command);
        }
    }

    [Test]
    public void ARebootIsANewLife()
    {
        GivenRunning("web1");
        var before = DomainId("web1");
        Assert.That(As("bob").Run("reboot").Done().Output, Does.Contain("web1 has rebooted"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
    }

    [Test]
    public void AResetCutsThePowerAndBoots()
    {
        GivenRunning("web1");
        var before = DomainId("web1");
        Assert.That(As("bob").Run("reset").Done().Output, Does.Contain("web1 was reset and is running"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
    }

    [Test]
    public void PoweroffIsAtOnce()
    {
        GivenRunning("web1");
        Assert.That(As("bob").Run("poweroff").Done().Output, Does.Contain("web1 is off"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    [Test]
    public void APausedGuestGoesOn()
    {
        GivenRunning("web1");
        As("bob").Run("pause").Done();
        Assert.That(State("web1"), Is.EqualTo("paused"));
        // Xen counts pauses: a second one would need a second unpause
        As("bob").Run("pause").Refused(ExitCode.WrongState);
        As("bob").Run("shutdown").Refused(ExitCode.WrongState);
        As("bob").Run("unpause").Done();
        Assert.That(State("web1"), Is.EqualTo("running"));
    }

    [Test]
    public void ASysreqReachesTheKernel()
    {
        GivenRunning("web1");
        As("bob").Run("sysreq s").Done();
        Wait.Until("the kernel says so", Seconds(5), () => Host.Read(ConsoleLog("web1")).Contains("sysrq: ", StringComparison.Ordinal));
    }

    [Test]
    public void AGuestThatPanicsIsReportedWithItsPanicLine()
    {
        GivenGuestThatPanics("broken");
        var answer = As("alice").Run("boot broken");

        Assert.That(answer.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(answer.Error, Does.Contain("broken died within").And.Contain("Kernel panic - not syncing"));
        Assert.That(State("broken"), Is.EqualTo("off"));
    }

    [Test]
    public void AResetGoesOnWhenTheLineDrops()
    {
        GivenRunning("web1");
        var before = DomainId("web1");
        var screen = StockTerminal("bob@host", "reset");
        screen.Expect("is booting");
        screen.Dispose();

        ExpectState("web1", "running", 30);
        Assert.That(DomainId("web1"), Is.Not.EqualTo(before));
    }
}
