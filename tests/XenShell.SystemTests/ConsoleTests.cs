using System.Text.RegularExpressions;
using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The serial console through the bridge, with Debian's own ssh client.</summary>
[OnEveryHost]
public sealed partial class ConsoleTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void BobTypesAtHisGuestAndLeaves()
    {
        GivenRunning("web1");
        var screen = Attach("bob", "console web1");
        screen.Enter("uname -r");
        screen.Expect(KernelRelease());
        screen.Press(']');
        screen.Expect("d leave");
        screen.Press(']');

        Assert.That(screen.ExitCode(), Is.Zero);
        Assert.That(State("web1"), Is.EqualTo("running"));
    }

    [Test]
    public void BootConsoleShowsTheBootAndIsAttached()
    {
        GivenOff("web1");
        var screen = StockTerminal("bob@host", "boot --console");
        screen.Expect("Linux version", 30);
        screen.Expect("# ", 30);
        screen.Enter("uname -r");
        screen.Expect(KernelRelease());
        Leave(screen);
    }

    [Test]
    public void BootConsoleOfAGuestThatPanicsSaysSo()
    {
        GivenGuestThatPanics("broken");
        var screen = StockTerminal("alice@host", "boot broken --console");
        screen.Expect("broken died within", 60);
        screen.Expect("Kernel panic - not syncing");
        Assert.That(screen.ExitCode(), Is.EqualTo((int)ExitCode.Failed));
    }

    [Test]
    public void AConsoleThatTheHostItselfHasIsNotLeftInSilence()
    {
        GivenRunning("web1");
        Ending(new AtEnd(() => Host.RootShell("kill -- -$(cat /run/held)")));
        Host.RootShell($"setsid sh -c 'sleep 300 | until {Host.Xl} console web1; do sleep 0.1; done' </dev/null >/run/held.out 2>&1 & echo $! >/run/held").Done();
        Wait.Until("the host is attached", Seconds(20), () => Host.RootShell($"timeout 1 {Host.Xl} console web1 </dev/null 2>&1").Output.Contains("Could not lock", StringComparison.Ordinal));
        var bob = StockTerminal("bob@host", "console");
        bob.Expect("its console could not be attached");
        Assert.That(bob.ExitCode(), Is.EqualTo((int)ExitCode.Failed));
    }

    [Test]
    public void TheConsoleComesBackAfterAReboot()
    {
        GivenRunning("web1");
        var screen = Attach("bob", "console");
        As("bob").Run("reboot --no-wait").Done();
        screen.Expect("web1 has rebooted; attached again", 40);
        screen.Expect("# ", 40);
        screen.Enter("uname -r");
        screen.Expect(KernelRelease());
        Leave(screen);
    }

    [Test]
    public void TheConsoleEndsWhenTheGuestIsOff()
    {
        GivenRunning("web1");
        var screen = Attach("bob", "console");
        As("bob").Run("poweroff").Done();
        screen.Expect("web1 is off; waiting for it to come back", 30);
        screen.Expect("web1 stays off; 'boot web1' starts it", 60);
        Assert.That(screen.ExitCode(), Is.Zero);
    }

    // TU: the guest echoes what it gets, and both sides of the bridge are full
    [Test]
    public void ALargePasteArrivesAndTheUserCanStillLeave()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        bob.Type(string.Concat(Enumerable.Range(0, 1100).Select(i => $"# line {i} of a paste that is longer than any buffer\r"))); // 64 kB
        bob.Enter("# the end of it");
        bob.Expect("# the end of it", 120);
        Leave(bob);
    }

    // TU: a paused guest reads nothing at all
    [Test]
    public void AGuestThatReadsNothingIsLeft()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        As("alice").Run("pause web1").Done();
        try
        {
            bob.Type(new string('x', 65536));
            Leave(bob);
        }
        finally
        {
            As("alice").Run("unpause web1").Done();
            GivenOff("web1"); // its line holds what was pasted
        }
    }

    [Test]
    public void TheMenuActsAndTheConsoleGoesOn()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        bob.Press(']');
        bob.Expect("else go on] ");
        bob.Type("s");
        bob.Expect("Enter for none] ");
        bob.Think().Type("h");
        bob.Expect("[sent 'h' to the kernel of web1]");
        bob.Enter("uname -r");
        bob.Expect(KernelRelease());
        Leave(bob);
    }

    [Test]
    public void ARefusedConsoleDoesNotLookLikeOne()
    {
        GivenOff("web1");
        var bob = StockTerminal("bob@host", "console");
        bob.Expect("web1 is off");
        Assert.That(bob.ExitCode(), Is.EqualTo((int)ExitCode.WrongState));
        Assert.That(bob.Transcript, Does.Not.Contain("opens a menu"));
    }

    [Test]
    public void TheSecondLearnsWhoSitsThere()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        Assert.That(As("alice").Run("status web1").Output, Does.Match(@"web1 .* bob"));

        var alice = StockTerminal("alice@host", "console web1");
        alice.Expect(InUse());
        Assert.That(alice.ExitCode(), Is.EqualTo((int)ExitCode.Busy));
        Leave(bob);
    }

    [Test]
    public void WhoWatchesSeesWhatTheOtherTypes()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        var alice = StockTerminal("alice@host", "console web1 --watch");
        alice.Expect("watching web1");
        bob.Enter("echo seen-by-both");
        bob.Expect("seen-by-both");
        bob.Enter(); // the log has whole lines
        alice.Expect("seen-by-both");
        alice.Press('C');
        Assert.That(alice.ExitCode(), Is.Zero);
        Leave(bob);
    }

    [Test]
    public void WhoTakesOverIsNamed()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        var alice = StockTerminal("alice@host", "console web1 --take-over");
        bob.Expect("alice has taken over the console of web1");
        Assert.That(bob.ExitCode(), Is.EqualTo((int)ExitCode.Busy));
        alice.Enter("uname -r");
        alice.Expect(KernelRelease());
        Leave(alice);
    }

    [Test]
    public void ARevokedGrantEndsTheSession()
    {
        GivenRunning("web1");
        var bob = Attach("bob", "console");
        GivenGrants("web1", "alice:operator");
        bob.Expect("no longer open to you", 10);
        Assert.That(bob.ExitCode(), Is.EqualTo((int)ExitCode.NotAllowed));
    }

    [Test]
    public void ADroppedLineFreesTheConsole()
    {
        GivenRunning("web1");
        Attach("bob", "console").Dispose();
        Wait.Until("the console is free", Seconds(10), () => !As("bob").Run("status").Output.Contains(" bob", StringComparison.Ordinal));
        Leave(Attach("alice", "console web1"));
    }

    [Test]
    public void WhoMayNotHaveTheConsoleMayNotWatchIt()
    {
        GivenRunning("web1");
        GivenBlacklist("web1", "console");
        Assert.That(As("bob").Run("console web1 --watch").Refused(ExitCode.NotAllowed), Does.Contain("console is not open to you"));
    }

    [Test]
    public void WithoutATerminalItSaysHow() =>
        Assert.That(As("bob").Run("console").Refused(ExitCode.Usage), Does.Contain("ssh -t"));

    private Screen Attach(string who, string command)
    {
        var screen = StockTerminal($"{who}@host", command);
        screen.Expect("opens a menu");
        screen.Enter();
        screen.Expect("# ");
        return screen;
    }

    private static void Leave(Screen screen)
    {
        screen.Press(']').Press(']');
        Assert.That(screen.ExitCode(), Is.Zero);
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+-\d+-amd64", RegexOptions.Multiline)]
    private static partial Regex KernelRelease();

    [GeneratedRegex(@"web1: the console is in use by bob since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")]
    private static partial Regex InUse();
}
