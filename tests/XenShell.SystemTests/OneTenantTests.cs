using System.Globalization;
using XenShell.Core;
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

    // TU: bad lines fill the disk of the record, and then nobody may do anything
    [Test]
    public void AFullDiskHasRoomForActsAndKeepsNobodyFromLooking()
    {
        GivenOff("web1");
        GivenARecordOnASmallDisk();
        As("bob").Run("status").Done(); // with its first line the record takes its reserve
        Host.RootShell("head -c 16m /dev/zero >/var/log/xen-shell/filler 2>/dev/null; df --output=avail /var/log/xen-shell | tail -n 1 | grep -qx ' *0'").Done();

        var before = Host.Read("/var/log/xen-shell/audit.log");
        Host.RootShell($"for i in 1 2 3 4 5; do runuser -u mallory -- sudo -n {GateTests.Gate} refused nonsense; runuser -u mallory -- sudo -n {GateTests.Gate} list; done");
        Assert.That(Host.Read("/var/log/xen-shell/audit.log"), Is.EqualTo(before), "neither refusals nor looks take the room of acts");

        As("bob").Run("boot").Done();
        Assert.That(RecordsSince(0)[^2..].Select(record => record.GetProperty("event").GetString()), Is.EqualTo(new[] { "attempt", "outcome" }));

        Host.RootShell("head -c 4m /dev/zero | tr '\\0' '\\n' >>/var/log/xen-shell/audit.log 2>/dev/null; true").Done();
        As("bob").Run("poweroff").Refused(ExitCode.Failed);
        Assert.That(State("web1"), Is.EqualTo("running"), "no record, no act, and looking goes on");
    }

    // TU: 1,000 characters a line, 34 lines a second, each with a line in sudo's own log
    [Test]
    public void ALoginThatIsRefusedAgainAndAgainFillsNoLog()
    {
        var mark = RecordMark();
        Host.RootShell(": >/var/log/auth.log").Done();
        As("mallory").Run("xen-shell --prompt", string.Concat(Enumerable.Range(0, 33).Select(i => $"nonsense{i} {new string('x', 1000)}\n")));
        Assert.That(RecordsSince(mark).Count(record => record.TryGetProperty("decision", out _)), Is.InRange(10, 31));
        Assert.That(RecordsSince(mark).Select(record => record.ToString().Length), Is.All.LessThan(600));

        Host.RootShell($"for i in $(seq 60); do runuser -u mallory -- sudo -n {GateTests.Gate} refused {new string('y', 900)}; done");
        Assert.That(RecordsSince(mark).Length, Is.LessThan(45));
        As("mallory").Run("list").Done();
        Assert.That(RecordsSince(mark).Sum(record => record.TryGetProperty("folded", out var folded) ? folded.GetInt32() : 0), Is.GreaterThan(30), "what is not written is counted");
        Assert.That(Host.Read("/var/log/auth.log").Split('\n').Count(line => line.Contains("xen-shell-gate[", StringComparison.Ordinal)), Is.LessThan(50), "nor does syslog get them all");
    }

    // TU: one act after the other, as fast as they go
    [Test]
    public void ActsOfATenantsHaveALimitAndThoseOfStaffNone()
    {
        GivenRunning("web1");
        RecordMark();

        // As much as there is, of a moment that has not come yet: nothing leaks out however slow this host is.
        Host.RootShell("""
            mkdir -p -m 700 /run/xen-shell/rates
            for uid in 2000 2002; do echo '0 0 120 9000000000000000 0' >/run/xen-shell/rates/$uid; done
            """).Done();
        Assert.That(As("bob").Run("pause").Refused(ExitCode.Busy), Does.Contain("too many commands within a few minutes"));
        As("bob").Run("status").Done();
        As("staff").Run("pause web1").Done();
        As("staff").Run("unpause web1").Done();
        RecordMark();
        As("bob").Run("pause").Done();
        As("bob").Run("unpause").Done();
    }

    [Test]
    public void ASessionTooManyIsRefusedAndOpenOnesStay()
    {
        GivenSetting("max_sessions = 2");
        var first = AtThePrompt("mallory");
        first.Expect("xen-shell> ");
        var second = AtThePrompt("mallory");
        second.Expect("xen-shell> ");
        Assert.That(AgainAs("mallory").Run("whoami").Refused(ExitCode.Busy), Does.Contain("2 sessions of yours are open already"));
        As("bob").Run("whoami").Done();
        first.Enter("whoami");
        first.Expect("mallory");
        second.Enter("exit");
        second.ExpectEnd();
        AgainAs("mallory").Run("whoami").Done();
    }

    private void GivenARecordOnASmallDisk()
    {
        const string Folder = "/var/log/xen-shell";
        Host.RootShell($"mv {Folder} {Folder}.away && mkdir -m 700 {Folder} && mount -t tmpfs -o size=4m,mode=700 none {Folder}").Done();
        Ending(new AtEnd(() => Host.RootShell($"umount {Folder} && rmdir {Folder} && mv {Folder}.away {Folder}").Done()));
    }
}
