using System.Globalization;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>TU: one tenant against the memory and the disk of the host, past the shell.</summary>
[OnSimulator]
public sealed class OneTenantTests(HostKind kind) : HostTest(kind)
{
    private const int MaxAnonymousKb = 12 << 10; // of one gate: the runtime has 3 MB

    // TU: 48 times the longest log, of bytes that print as four, for clients that read two kilobytes a second
    [Test]
    public void SlowReadersOfALongLogHoldLittleOfRootsMemory()
    {
        GivenOff("web1");
        Ending(new AtEnd(() => Host.RootShell($"pkill -KILL -u bob; rm -f /run/begun /run/pipe.*; : >{ConsoleLog("web1")}; true")));
        Host.RootShell($$"""
            head -c 3000000 /dev/zero | tr '\0' '\200' | fold -b -w 200 >{{ConsoleLog("web1")}}
            : >/run/begun
            for i in 1 2 3 4 5 6 7 8; do
                mkfifo /run/pipe.$i
                runuser -u bob -- sudo -n {{GateTests.Gate}} log web1 --lines=10000 </dev/null >/run/pipe.$i 2>/dev/null &
                { head -c 1 >/dev/null; echo x >>/run/begun; exec sleep 60; } </run/pipe.$i >/dev/null 2>&1 &
            done
            """).Done();
        Wait.Until("all gates write", Seconds(20), () => Host.Read("/run/begun").Length >= 16);
        var memory = Host.RootShell("for p in $(pgrep -x xen-shell-gate); do grep -E '^RssAnon' /proc/$p/status; done").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
            .ToList();
        Assert.That(memory, Has.Count.EqualTo(8).And.All.LessThan(MaxAnonymousKb));
    }
}
