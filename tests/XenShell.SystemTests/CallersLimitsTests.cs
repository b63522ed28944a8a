using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// TU: what setrlimit(2) and nice(2) leave passes through sudo, to the gate and to the daemon that xl
/// leaves with each guest. On a real Domain 0 only: root in a container may not raise limits.
/// </summary>
[OnLab]
public sealed class CallersLimitsTests(HostKind kind) : HostTest(kind)
{
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
}
