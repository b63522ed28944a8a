using System.Text.RegularExpressions;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The full screen keeps up with what guests do; on the simulator and on real Xen.</summary>
[OnEveryHost]
public sealed class ScreenFollowsTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void AGuestIsFollowedThroughBootRebootAndShutdown()
    {
        GivenOff("web1");
        var bob = As("bob").Terminal();
        var alice = As("alice").Terminal();
        alice.Shows(InTable("web1", "off"));
        bob.Shows(InDetails("web1", "off")).Type("b").Shows("web1 is running", 20).Shows(InDetails("web1", "running"));
        alice.Shows(InTable("web1", "running"));
        GivenRunning("web1"); // its system is up by then, and listens
        var before = DomainId("web1");

        bob.Type("r").Shows("reboot web1?").Type("y").Shows(InDetails("web1", "rebooting"), 20).Shows("web1 has rebooted and is running", 60).Shows(InDetails("web1", "running"), 20);
        bob.Shows(new Regex("^up +00:00:"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
        GivenRunning("web1");

        bob.Type("s").Shows("shutdown web1?").Type("y").Shows("web1 is off", 60).Shows(InDetails("web1", "off"), 20);
        alice.Shows(InTable("web1", "off"));
    }

    [Test]
    public void AGuestThatPanicsIsSeenToComeAndGo()
    {
        GivenGuestThatPanics("broken");
        var alice = As("alice").Terminal();
        alice.Shows(InTable("broken", "off")).Type("\e[H").Type("b");
        alice.Shows(InTable("broken", "(starting|running|crashed)"), 20).Shows("broken died within", 30).Shows(InTable("broken", "off"), 20);
        alice.Type("m").Shows("Kernel panic - not syncing");
    }

    [Test]
    public void TheConsoleIsReachedAndLeft()
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("c");
        screen.Expect("console of web1: Ctrl-]");
        screen.Enter().Enter("uname -r");
        screen.Expect(new Regex(@"\d+\.\d+\.\d+-\d+-amd64"));
        screen.Press(']').Press(']').Shows(InDetails("web1", "running"), 20).Type("q").ExpectEnd();
    }
}
