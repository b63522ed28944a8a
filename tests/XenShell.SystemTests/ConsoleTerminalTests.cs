using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>However a console ends, the customer's own terminal is as it was.</summary>
[OnEveryHost]
public sealed class ConsoleTerminalTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void AfterLeaving()
    {
        var home = AttachFromHome();
        home.Press(']').Press(']');
        ExpectRestored(home);
    }

    [Test]
    public void AfterATakeOver()
    {
        var home = AttachFromHome();
        var alice = StockTerminal("alice@host", "console web1 --take-over");
        home.Expect("alice has taken over");
        ExpectRestored(home);
        alice.Press(']').Press(']');
        Assert.That(alice.ExitCode(), Is.Zero);
    }

    [Test]
    public void AfterARevocation()
    {
        var home = AttachFromHome();
        GivenGrants("web1", "alice:operator");
        home.Expect("no longer open to you");
        ExpectRestored(home);
    }

    [Test]
    public void AfterTheGuestWentOff()
    {
        var home = AttachFromHome();
        As("bob").Run("poweroff").Done();
        home.Expect("waiting for it to come back", 30);
        home.Press(']').Press(']');
        ExpectRestored(home);
    }

    // What the shell wrote last reaches the terminal through an sshd that still stands.
    [Test]
    public void AfterAnOrderToEnd()
    {
        var home = AttachFromHome();
        Host.RootShell("pkill -TERM -u bob '^xen-(login-)?shell'").Done();
        ExpectRestored(home);
    }

    [Test]
    public void ItsSizeReachesTheGuestsSide()
    {
        GivenRunning("web1");
        var bob = StockTerminal("bob@host", "console");
        bob.Expect("opens a menu");
        bob.Resize(columns: 132, rows: 43);
        Wait.Until("the bridge's terminal has the new size", Seconds(10), () =>
            Host.RootShell("tty=$(readlink /proc/$(pgrep -nf '[x]en-shell-gate .*console web1')/fd/0) && stty -F $tty size").Output.Trim() == "43 132");
        bob.Press(']').Press(']');
        Assert.That(bob.ExitCode(), Is.Zero);
    }

    private Screen AttachFromHome()
    {
        GivenRunning("web1");
        var home = Ending(Host.Stock.AtHome("stty -a >/dev/null; a=$(stty -g); $ssh -tt bob@host console; b=$(stty -g); [ \"$a\" = \"$b\" ] && echo same modes"));
        home.Expect("opens a menu");
        home.Enter();
        home.Expect("# ");
        return home;
    }

    // Mouse off, cursor on, alternate screen left, whatever the guest did.
    private static void ExpectRestored(Screen home)
    {
        home.Expect("same modes");
        Assert.That(home.Raw, Does.Contain("\x1b[?1000;1002;1003;1006;1004;2004l").And.Contain("\x1b[?25h").And.Contain("\x1b[?47l"));
    }
}
