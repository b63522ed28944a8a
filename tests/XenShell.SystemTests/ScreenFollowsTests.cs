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
        alice.Shows(Line("web1", "off"));
        bob.Shows(Details("web1", "off")).Type("b").Shows("web1 is running", 20).Shows(Details("web1", "running"));
        alice.Shows(Line("web1", "running"));
        GivenRunning("web1"); // its system is up by then, and listens
        var before = DomainId("web1");

        bob.Type("r").Shows("reboot web1?").Type("y").Shows(Details("web1", "rebooting"), 20).Shows("web1 has rebooted and is running", 60).Shows(Details("web1", "running"), 20);
        bob.Shows(new Regex("^up +00:00:"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
        GivenRunning("web1");

        bob.Type("s").Shows("shutdown web1?").Type("y").Shows("web1 is off", 60).Shows(Details("web1", "off"), 20);
        alice.Shows(Line("web1", "off"));
    }

    [Test]
    public void AGuestThatPanicsIsSeenToComeAndGo()
    {
        GivenOff("broken");
        var alice = As("alice").Terminal();
        alice.Shows(Line("broken", "off")).Type("\e[H").Type("b");
        alice.Shows(Line("broken", "(starting|running|crashed)"), 20).Shows("broken died within", 30).Shows(Line("broken", "off"), 20);
        alice.Type("m").Shows("Kernel panic - not syncing");
    }

    [Test]
    public void TheConsoleIsReachedAndLeft()
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(Details("web1", "running")).Type("c");
        screen.Expect("console of web1: Ctrl-]");
        screen.Enter().Enter("uname -r");
        screen.Expect(new Regex(@"\d+\.\d+\.\d+-\d+-amd64"));
        screen.Press(']').Press(']').Shows(Details("web1", "running"), 20).Type("q").ExpectEnd();
    }

    private static Regex Line(string guest, string state) => new($"^{guest} .*{state}");

    private static Regex Details(string guest, string state) => new($"^{guest}  . {state}");
}
