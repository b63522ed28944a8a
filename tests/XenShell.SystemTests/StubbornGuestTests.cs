using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A guest that does not listen to its shutdown button.</summary>
[OnSimulator]
public sealed class StubbornGuestTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void TheTimeOutSaysHowToGoOn()
    {
        GivenRunning("stubborn");
        var answer = As("alice").Run("shutdown stubborn --timeout=2");
        Assert.That(answer.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(answer.Error, Does.Contain("'poweroff stubborn' cuts its power"));
        Assert.That(State("stubborn"), Is.EqualTo("running"));
    }

    [Test]
    public void ForceCutsThePower()
    {
        GivenRunning("stubborn");
        Assert.That(As("alice").Run("shutdown stubborn --force --timeout=2").Done().Output, Does.Contain("its power was cut"));
        Assert.That(State("stubborn"), Is.EqualTo("off"));
    }

    [Test]
    public void NoWaitReturnsAtOnce()
    {
        GivenRunning("stubborn");
        As("alice").Run("shutdown stubborn --no-wait").Done();
        Assert.That(State("stubborn"), Is.EqualTo("running"));
    }

    [Test]
    public void WhoeverLosesPatienceCanCutThePower()
    {
        GivenRunning("stubborn");
        var waiting = AtThePrompt("alice");
        waiting.Expect("xen-shell> ");
        waiting.Enter("shutdown stubborn");
        waiting.Expect("waiting up to");
        AgainAs("alice").Run("poweroff stubborn").Done();
        waiting.Expect("stubborn is off");
    }

    [Test]
    public void ADeadToolstackIsSaidSo()
    {
        Host.RootShell("mv /usr/lib/xen-shell/xl-sim /usr/lib/xen-shell/xl-away && rm -f /run/xen-shell/snapshot.json").Done();
        try
        {
            Assert.That(As("bob").Run("status").Refused(ExitCode.ToolstackSilent), Does.Contain("does not answer"));
        }
        finally
        {
            Host.RootShell("mv /usr/lib/xen-shell/xl-away /usr/lib/xen-shell/xl-sim").Done();
        }
    }

    // TU: a wait of an hour for a guest that is somebody else's by then
    [TestCase("shutdown stubborn")]
    [TestCase("reboot stubborn")]
    public void ARevokedGrantEndsTheWait(string command)
    {
        GivenRunning("stubborn");
        var alice = StockTerminal("alice@host", command);
        alice.Expect("waiting up to");
        GivenGrants("stubborn", "bob");
        alice.Expect("stubborn: no such guest", 15);
        alice.ExpectEnd();
    }

    // OT: each request holds the guest's lock until it is delivered
    [Test]
    public void ACoOwnerWhoAsksAgainAndAgainKeepsNobodyFromThePower()
    {
        GivenRunning("stubborn");
        Ending(new AtEnd(() => Host.RootShell("touch /tmp/enough")));
        Host.RootShell($"rm -f /tmp/enough; for i in 1 2 3; do runuser -u alice -- sh -c 'while [ ! -e /tmp/enough ]; do sudo -n {GateTests.Gate} shutdown stubborn --no-wait; done' </dev/null >/dev/null 2>&1 & done");
        Wait.Until("somebody is at it", Seconds(10), () => As("staff").Run("status stubborn").Code == 0 && Host.RootShell("pgrep -u alice sh").Output.Length > 0);
        As("staff").Run("poweroff stubborn").Done();
    }
}
