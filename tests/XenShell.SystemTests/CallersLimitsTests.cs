using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// TU: what setrlimit(2) and nice(2) leave passes through sudo, to the gate and to the daemon that xl
/// leaves with each guest. On a real Domain 0 only: root in a container may not raise limits.
/// </summary>
[OnLab]
public sealed class CallersLimitsTests(HostKind kind) : HostTest(kind)
{
    // TU: who has a control group can freeze root in it, with everybody's lock in hand
    [Test]
    public void TheGateLeavesAControlGroupOfTheUsers()
    {
        const string group = "/sys/fs/cgroup/user.slice/user-2000.slice/user@2000.service/mine";
        GivenRunning("web1");
        var groups = Host.RootShell($$"""
            mkdir -p {{group}}
            (echo 0 >{{group}}/cgroup.procs; exec runuser -u bob -- sudo -n {{GateTests.Gate}} log web1 --follow --lines=1) | {
                read -r line
                for p in $(pgrep -x xen-shell-gate); do cat /proc/$p/cgroup; done
                pkill -KILL -x xen-shell-gate
            }
            """).Output;
        Assert.That(groups.Trim(), Is.EqualTo("0::/"));
    }

    [TestCase("prlimit --cpu=1:1 --fsize=0:0 --nproc=40:40 --nofile=64:64")]
    [TestCase("nice -n 19 chrt --idle 0")]
    public void TheyDoNotReachTheGuest(string wrapper)
    {
        GivenOff("web1");
        AsBob($"{wrapper} sudo -n {GateTests.Gate} boot web1").Done();
        var daemons = Host.RootShell("for p in $(pgrep -x xl); do grep -E '^Max (cpu time|file size|processes) ' /proc/$p/limits; ps -o ni=,cls= $p; done").Done().Output;
        Assert.That(daemons, Does.Contain("Max cpu time"), "xl leaves a daemon with the guest");
        Assert.That(daemons.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.All.Match(@"unlimited +unlimited|^ *0 +TS$"));
    }

    // xl's process for a guest stood in the session of whoever booted it: the log-out ended it, and the guest's next reboot hung
    [Test]
    public void AGuestOutlivesTheLogInThatBootedIt()
    {
        GivenOff("web1");
        Host.RootShell("mkdir -p /run/systemd/logind.conf.d && printf '[Login]\nKillUserProcesses=yes\n' >/run/systemd/logind.conf.d/kill.conf && systemctl restart systemd-logind").Done();
        Ending(new AtEnd(() => Host.RootShell("rm /run/systemd/logind.conf.d/kill.conf; systemctl restart systemd-logind")));
        var bob = AgainAs("bob");
        bob.Run("boot").Done();
        Assert.That(Host.RootShell("loginctl list-users --no-legend").Output, Does.Contain("bob"), "the log-in has a session");
        bob.Dispose();
        Wait.Until("the session has ended", Seconds(30), () => !Host.RootShell("loginctl list-users --no-legend").Output.Contains("bob", StringComparison.Ordinal));
        var before = DomainId("web1");
        Assert.That(AgainAs("bob").Run("reboot").Done().Output, Does.Contain("web1 has rebooted"));
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
    }
}
