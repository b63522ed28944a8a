using System.Text.Json;
using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A tenant who got past the shell stands before sudo and the gate, which refuse by themselves.</summary>
[OnEveryHost]
public sealed class GateTests(HostKind kind) : HostTest(kind)
{
    internal const string Gate = "/usr/lib/xen-shell/xen-shell-gate";

    /// <summary>Seconds in which a gate is sure to have begun.</summary>
    private int Alarm => (int)Seconds(2).TotalSeconds;

    [Test]
    public void SudoKnowsTheGateAndNothingElse()
    {
        var allowed = AsBob("sudo -n -l").Output.Split('\n').Where(line => line.Contains("NOPASSWD", StringComparison.Ordinal) || line.Contains("(ALL", StringComparison.Ordinal));
        Assert.That(allowed.Select(line => line.Trim()).Single(), Does.Match($@"^\(root\) (CWD=/ |NOPASSWD: |NOSETENV: ){{3}}{Gate}$"));
        foreach (var program in new[] { Host.Xl + " list", "/bin/sh -c id", "/usr/bin/id", $"-u staff {Gate} list", $"-g root {Gate} list", $"-u root -g xenshell {Gate} list", $"-E {Gate} list" })
        {
            Assert.That(AsBob($"sudo -n {program}").Code, Is.Not.Zero, program);
        }
    }

    [Test]
    public void TheVariablesOfTheCallerDoNotPassSudo()
    {
        Assert.That(AsBob($"sudo -n SUDO_USER=alice {Gate} list").Code, Is.Not.Zero);
        Assert.That(AsBob($"env SUDO_USER=staff SUDO_UID=2002 sudo -n {Gate} list").Output, Does.Not.Contain("db1"));
    }

    [TestCase("boot db1", ExitCode.NotAllowed)]
    [TestCase("boot nosuch", ExitCode.NotAllowed)]
    [TestCase("status db1", ExitCode.NotAllowed)]
    [TestCase("", ExitCode.Usage)]
    [TestCase("list -a", ExitCode.Usage)]
    [TestCase("list --config=/tmp/x", ExitCode.Usage)]
    [TestCase("boo web1", ExitCode.Usage)]
    [TestCase("BOOT web1", ExitCode.Usage)]
    [TestCase("boot 0", ExitCode.Usage)]
    [TestCase("boot ''", ExitCode.Usage)]
    [TestCase("boot Domain-0", ExitCode.Usage)]
    [TestCase("boot web1 extra", ExitCode.Usage)]
    [TestCase("boot web1 --console </dev/null", ExitCode.Usage)]
    [TestCase("console web1 --watch --take-over", ExitCode.Usage)]
    [TestCase("refused", ExitCode.Usage)]
    [TestCase("refused one two", ExitCode.Usage)]
    [TestCase("shutdown web1 --timeout=0", ExitCode.Usage)]
    [TestCase("sysreq web1 ss", ExitCode.Usage)]
    [TestCase("help", ExitCode.Usage)]
    [TestCase("--help", ExitCode.Usage)]
    [TestCase("console web1 </dev/null", ExitCode.Usage)]
    public void TheGateRefusesByItself(string words, ExitCode expected)
    {
        GivenOff("web1");
        var (mark, before) = (RecordMark(), StateOfTheHost());
        Assert.That(AsBob($"sudo -n {Gate} {words}").Code, Is.EqualTo((int)expected));
        Assert.That(RecordsSince(mark), Has.Length.GreaterThanOrEqualTo(1));
        Assert.That(StateOfTheHost(), Is.EqualTo(before));
    }

    // who names none means the only one; who has none, or several, is told so
    [TestCase("bob", 0, "web1 is booting")]
    [TestCase("mallory", 2, "no guest is granted to you")]
    [TestCase("alice", 2, "which guest? 'boot GUEST', with one of: ")]
    public void TheGateFindsTheOnlyGuest(string who, int code, string words)
    {
        GivenOff("web1");
        var mark = RecordMark();
        var answer = Host.RootShell($"runuser -u {who} -- sudo -n {Gate} boot --no-wait 2>&1");
        Assert.That(answer.Code, Is.EqualTo(code), answer.Output);
        Assert.That(answer.Output, Does.Contain(words).And.Not.Contain("db1"));
        Assert.That(RecordsSince(mark)[0].TryGetProperty("guest", out var guest) ? guest.GetString() : null, Is.EqualTo(code == 0 ? "web1" : null));
    }

    [TestCase("SUDO_UID=2000 SUDO_USER=alice", "not the account")]
    [TestCase("SUDO_UID=0 SUDO_USER=root", "below")]
    [TestCase("SUDO_UID=+2000 SUDO_USER=bob", "no number")]
    [TestCase("SUDO_UID=02000 SUDO_USER=bob", "no number")]
    [TestCase("SUDO_UID=4294969296 SUDO_USER=bob", "no number")]
    [TestCase("SUDO_UID=65000 SUDO_USER=bob", "no account")]
    [TestCase("A=b", "not called through sudo")]
    public void OddCallersAreNotKnown(string variables, string reason)
    {
        var mark = RecordMark();
        Assert.That(Host.RootShell($"env -u SUDO_UID -u SUDO_USER {variables} {Gate} list").Refused(ExitCode.NotAllowed), Does.Contain("you are not known here"));
        Assert.That(RecordsSince(mark).Single().GetProperty("reason").GetString(), Does.Contain(reason));
    }

    // TU: a group of the caller's choice, where sudoers leaves that open
    [Test]
    public void RootWithAnotherGroupIsNotKnown()
    {
        var mark = RecordMark();
        Host.RootShell($"SUDO_UID=2000 SUDO_USER=bob setpriv --regid 100 --keep-groups {Gate} list").Refused(ExitCode.NotAllowed);
        Assert.That(RecordsSince(mark).Single().GetProperty("reason").GetString(), Does.Contain("with the group 100"));
    }

    [Test]
    public void WithoutRootItDoesNothing() =>
        Assert.That(AsBob($"{Gate} list").Code, Is.EqualTo((int)ExitCode.NotAllowed));

    // TU: a timer passes through exec into sudo, which then kills what it started, or becomes it
    [Test]
    public void ATimerOfTheCallersStopsNoAct([Values] bool sudoStays)
    {
        GivenRunning("web1");
        if (sudoStays)
        {
            GivenSudoStays();
        }

        GivenSetting($"boot_watch = {Alarm * 4}"); // so that it is at work when the timer goes off, and has begun by then
        var mark = RecordMark();
        Assert.That(AsBob($"perl -e 'alarm {Alarm}; exec @ARGV' sudo -n {Gate} reset web1").Code == 0, Is.EqualTo(!sudoStays));
        Wait.Until("the outcome is on record", Seconds(60), () => RecordsSince(mark).Any(r => r.GetProperty("event").GetString() == "outcome" && r.GetProperty("exit_code").GetInt32() == 0));
        ExpectState("web1", "running");
    }

    // TU: sudo kills the gate, and root's console client stays on the caller's terminal
    [Test]
    public void ATimerOfTheCallersLeavesNoConsoleBehind([Values] bool sudoStays)
    {
        GivenRunning("web1");
        if (sudoStays)
        {
            GivenSudoStays();
        }

        Host.RootShell("rm -f /tmp/gone").Done();
        var mark = RecordMark();
        AsBob($"""setsid script -qc "perl -e 'alarm {Alarm}; exec @ARGV' sudo -n {Gate} console web1; echo sudo is gone >/tmp/gone; sleep 60" /dev/null </dev/null >/dev/null 2>&1 &""");
        if (sudoStays)
        {
            Wait.Until("sudo has killed what it started", Seconds(20), () => Host.Read("/tmp/gone").Contains("gone", StringComparison.Ordinal));
        }
        else
        {
            Wait.Until("the console is open, and the timer has gone off", Seconds(20), () => Host.RootShell("pgrep -f '[x]enconsole |xl-sim [c]onsole' && pgrep -f 'xen-shell-gate [c]onsole' | xargs ps -o etimes= -p | awk '$1 > m { m = $1 } END { exit m <= __ }'".Replace("__", $"{Alarm}", StringComparison.Ordinal)).Code == 0);
        }

        Assert.That(State("web1"), Is.EqualTo("running"));
        GivenGrants("web1", "alice:operator");
        Wait.Until("the revocation has ended the console", Seconds(15), () => RecordsSince(mark).Any(r => r.TryGetProperty("reason", out var reason) && reason.GetString() == "revoked while attached"));
        Assert.That(Host.RootShell("pgrep -f '[x]enconsole |xl-sim [c]onsole'").Output, Is.Empty);
    }

    // TU: a process that has become the gate is the parent of its caller's other children
    [Test]
    public void AChildOfTheGateThatTheCallerMadeIsNotTakenForTheGatesOwn([Values] bool sudoStays)
    {
        GivenOff("web1");
        if (sudoStays)
        {
            GivenSudoStays();
        }

        var children = Host.RootShell($$"""
            cat >/run/parent.pl <<'END'
            use POSIX;
            unless (fork) {
                setsid();
                my $parent = getppid;
                until (`cat /proc/$parent/comm` =~ /gate$/ || `pgrep -P $parent -x xen-shell-gate`) { select undef, undef, undef, 0.05 }
                exec "sudo", "-n", "{{Gate}}", "boot", "web1";
            }
            exec "sudo", "-n", "{{Gate}}", "watch";
            END
            mkfifo /run/hold
            runuser -u bob -- perl /run/parent.pl <>/run/hold >/dev/null 2>&1 &
            for i in $(seq 600); do
                detached=$(for p in $(pgrep -fx '{{Gate}} boot web1'); do [ "$(ps -o sid= -p $p)" -eq $p ] && ! tr '\0' '\n' </proc/$p/environ | grep -q SUDO_COMMAND && echo $p; done)
                [ -z "$detached" ] || break
                sleep 0.1
            done
            echo "detached: $detached"
            pkill -KILL -fx '{{Gate}} watch'; rm -f /run/hold
            """).Output;
        Assert.That(children, Does.Match(@"detached: \d+"));
        Wait.Until("the boot is over", Seconds(60), () => Host.RootShell($"pgrep -fx '{Gate} boot web1'").Code != 0);
    }

    // TU: nobody reads the complaint, and whoever called it may end it meanwhile
    [Test]
    public void ARefusalIsOnRecordBeforeItIsTold()
    {
        var mark = RecordMark();

        // Its standard error is a full pipe that is held open and not read: it gives that four seconds.
        var meanwhile = Host.RootShell($$"""
            cat >/run/unread.pl <<'END'
            use Fcntl;
            pipe(R, W); fcntl(W, F_SETFL, O_NONBLOCK); 1 while syswrite(W, "x" x 4096); fcntl(W, F_SETFL, 0);
            my $child = fork;
            unless ($child) { open(STDERR, ">&W"); exec @ARGV }
            waitpid($child, 0);
            END
            lines() { cat /var/log/xen-shell/audit.log 2>/dev/null | wc -l; }
            before=$(lines)
            runuser -u bob -- perl /run/unread.pl sudo -n {{Gate}} status db1 </dev/null >/dev/null 2>&1 &
            until [ "$(lines)" -gt "$before" ]; do :; done
            pgrep -x xen-shell-gate >/dev/null && echo telling
            wait
            """).Output;
        Assert.That(meanwhile, Is.EqualTo("telling\n"));
        Assert.That(RecordsSince(mark).Single().GetProperty("decision").GetString(), Is.EqualTo("refuse"));
    }

    // TU: /dev/tty of a full terminal, in a session that has none: it cannot be opened again, and a write to it may never end
    [Test]
    public void ATerminalThatCannotBeOpenedAgainHoldsNothingUp()
    {
        Host.RootShell("""
            cat >/run/full.pl <<'END'
            use POSIX; use Fcntl;
            if (fork) { wait; exit }
            sub pty { sysopen(my $m, "/dev/ptmx", O_RDWR | O_NOCTTY); my ($z, $n) = (pack("i", 0)) x 2; ioctl($m, 0x40045431, $z); ioctl($m, 0x80045430, $n); return ($m, "/dev/pts/" . unpack("i", $n)) }
            my ($m, $p) = pty(); sysopen(S, $p, O_RDWR | O_NOCTTY | O_NONBLOCK); my $room = 0; $room++ while syswrite(S, "x");
            POSIX::setsid(); my ($n, $q) = pty(); sysopen(S, $q, O_RDWR); syswrite(S, "x") for 1 .. $room - 20; open(T, "+<", "/dev/tty");
            fork or do { POSIX::setsid(); open(STDIN, "<&T"); open(STDOUT, ">&T"); open(STDERR, ">&T"); exec @ARGV };
            wait;
            END
            """).Done();
        Assert.That(AsBob($"timeout 8 perl /run/full.pl sudo -n {Gate} nonsense").Code, Is.Zero, "124 is the time-out");
    }

    // TU: with timers that may be years late, no wait of root's would ever end; set_timerslack passes through sudo
    [Test]
    public void TheSlackOfTheCallersTimersStaysOutside()
    {
        GivenRunning("web1");
        var slack = Host.RootShell($$"""
            perl -e 'syscall(157, 29, 4611686018427387904, 0, 0, 0); exec @ARGV' runuser -u bob -- sudo -n {{Gate}} log web1 --follow --lines=1 | {
                read -r line
                for p in $(pgrep -x xen-shell-gate); do cat /proc/$p/timerslack_ns; done
                pkill -KILL -x xen-shell-gate
            }
            """).Output;
        Assert.That(slack.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.Not.Empty.And.All.EqualTo("50000"));
    }

    [Test]
    public void AWatchShowsTheCallersOwnGuestsAndEndsWithItsCaller()
    {
        GivenRunning("web1");
        var watch = AsBob($"sudo -n {Gate} watch </dev/null").Done();
        var guests = JsonDocument.Parse(watch.Output).RootElement.GetProperty("guests");
        Assert.That(guests.EnumerateArray().Select(guest => guest.GetProperty("guest").GetProperty("name").GetString()), Is.EqualTo(new[] { "web1" }));
        Assert.That(guests[0].GetProperty("net_in").GetInt64(), Is.GreaterThanOrEqualTo(0));
        Assert.That(guests[0].TryGetProperty("owners", out _), Is.False, "whose a guest is besides is for staff");
    }

    [Test]
    public void AWatchEndsWithItsAccount()
    {
        Ending(new AtEnd(() => Host.RootShell("pkill -KILL -u gone; sed -i '/^gone:/d' /etc/passwd /etc/shadow; rm -f /run/watched; true")));
        var watch = Host.RootShell($$"""
            useradd --key UID_MIN=2500 --no-user-group --groups xenshell --shell /usr/bin/xen-shell --no-create-home gone
            mkfifo /run/watched
            timeout -s KILL 30 runuser -u gone -- sudo -n {{Gate}} watch <>/run/watched | { read -r line; sed -i '/^gone:/d' /etc/passwd; cat >/dev/null; }
            echo ended; pgrep -x xen-shell-gate
            """);
        Assert.That(watch.Output, Is.EqualTo("ended\n"));
    }

    // TU: an ignored SIGCHLD passes through sudo, and nobody would learn how a child ended
    [Test]
    public void ACallerWhoIgnoresItsChildrenChangesNothing()
    {
        GivenOff("web1");
        AsBob($"perl -e '$SIG{{CHLD}} = q(IGNORE); exec @ARGV' sudo -n {Gate} boot web1").Done();
    }

    // CA: two accounts with one uid
    [Test]
    public void AUidWithTwoNamesIsNobody()
    {
        Host.RootShell("echo 'bobby:x:2000:100::/home/bob:/usr/bin/xen-login-shell' >>/etc/passwd").Done();
        try
        {
            Assert.That(AsBob($"sudo -n {Gate} list").Code, Is.EqualTo((int)ExitCode.NotAllowed));
        }
        finally
        {
            Host.RootShell("sed -i '/^bobby:/d' /etc/passwd").Done();
        }
    }

    // CA: odd configurations; others keep working, and what cannot be believed grants nothing
    [Test]
    public void AFileThatOthersCanWriteGrantsNothing()
    {
        Host.RootShell("chmod g+w /etc/xen/web1.cfg").Done();
        try
        {
            As("bob").Run("status web1").Refused(ExitCode.NotAllowed);
            As("alice").Run("status web2").Done();
        }
        finally
        {
            Host.RootShell("chmod g-w /etc/xen/web1.cfg").Done();
        }
    }

    // CA: a typo, and the guest is gone without a word to anybody
    [Test]
    public void ARefusedGuestFileIsTold()
    {
        GivenGuestFile("shop-1", "name = shop-1");
        var mark = RecordMark();
        Assert.That(As("mallory").Run("list").Done().Output, Does.Not.Contain("shop-1"));
        As("mallory").Run("list").Done();
        var problem = RecordsSince(mark).Single(record => record.GetProperty("event").GetString() == "problem");
        Assert.That(problem.GetProperty("reason").GetString(), Does.StartWith("/etc/xen/shop-1.cfg:2: "));
        Assert.That(As("staff").Run("list").Done().Output, Does.Contain("a guest file is refused: /etc/xen/shop-1.cfg"));
        Assert.That(As("staff").Run("list --json").Done().Output, Does.Contain("\"refused_files\":[\"/etc/xen/shop-1.cfg\"]"));
        StockTerminal("staff@host").Shows("a guest file is refused");

        var check = Host.RootShell($"{Gate} --check");
        Assert.That(check.Code, Is.EqualTo(1));
        Assert.That(check.Output, Does.Contain("/etc/xen/shop-1.cfg:2: ").And.EndWith(" 1 problem\n"));
        Assert.That(AsBob($"sudo -n {Gate} --check").Code, Is.EqualTo((int)ExitCode.Usage), "tenants come through sudo");
        Assert.That(AsBob($"{Gate} --check").Code, Is.EqualTo((int)ExitCode.NotAllowed), "and without it they are not root");
    }

    // CA: xl warns and starts the guest, so its people must not lose it
    [TestCase("memory = '512M'")]
    [TestCase("vif = 'bridge=br0,ip=192.0.2.77'")]
    public void WhatXlOnlyWarnsAboutIsToldAndKeepsTheGuest(string line)
    {
        GivenGuestFile("odd1", $"name = 'odd1'\nxen_shell = 'bob'\n{line}");
        var mark = RecordMark();
        Assert.That(As("bob").Run("list").Done().Output, Does.Contain("odd1"));
        Assert.That(RecordsSince(mark).Count(record => record.GetProperty("event").GetString() == "problem"), Is.EqualTo(1));
        Assert.That(As("staff").Run("list").Done().Output, Does.Not.Contain("refused"));
    }

    private void GivenGuestFile(string name, string lines)
    {
        Ending(new AtEnd(() => Host.RootShell($"rm -f /etc/xen/{name}.cfg")));
        Host.RootShell($"cat >/etc/xen/{name}.cfg <<'END'\n# {name}\n{lines}\nEND\nchmod 644 /etc/xen/{name}.cfg").Done();
    }

    // the words must be in the native program, where the runtime's own are left out
    [TestCase("echo 'suport = bob' >>", @"xen-shell\.conf:\d: suport: unknown key")]
    [TestCase("echo 'support bob' >>", @"xen-shell\.conf:\d: no '='")]
    [TestCase("echo 'support = bob' >>", @"xen-shell\.conf:\d: support: already set in line 1")]
    [TestCase("echo '/ blacklist = boot' >>", @"xen-shell\.conf:\d: a line cannot begin with '/'")]
    [TestCase("ln -sf none ", "leads nowhere")]
    public void ABrokenConfigurationGrantsNothing(string slip, string reason)
    {
        GivenConfiguration($"{slip}/etc/xen-shell/xen-shell.conf");
        var mark = RecordMark();
        Assert.That(As("bob").Run("status").Refused(ExitCode.Failed), Does.Contain("administrator"));
        Assert.That(RecordsSince(mark).Single().GetProperty("reason").GetString(), Does.Match(reason));
    }

    [Test]
    public void EachAttemptHasItsRecordBeforeItsOutcome()
    {
        GivenOff("web1");
        var mark = RecordMark();
        As("bob").Run("boot web1").Done();
        var records = RecordsSince(mark);
        Assert.That(records.Select(r => r.GetProperty("event").GetString()), Is.EqualTo(new[] { "attempt", "outcome" }));
        Assert.That(records[0].GetProperty("id").GetString(), Is.EqualTo(records[1].GetProperty("id").GetString()));
        Assert.That(records[0].GetProperty("reason").GetString(), Does.StartWith("/etc/xen/web1.cfg:"));
        Assert.That(records[1].GetProperty("exit_code").GetInt32(), Is.Zero);
    }

    // Rule 6: no record, no act
    [Test]
    public void WithoutItsRecordNothingIsDone()
    {
        GivenOff("web1");
        Host.RootShell("mv /var/log/xen-shell /var/log/xen-shell.away").Done();
        try
        {
            As("bob").Run("boot web1").Refused(ExitCode.Failed);
        }
        finally
        {
            Host.RootShell("mv /var/log/xen-shell.away /var/log/xen-shell").Done();
        }

        Assert.That(State("web1"), Is.EqualTo("off"));
    }
}
