using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// TU: a terminal that takes nothing any more, of a laptop that sleeps or of somebody who wants a session that nobody can
/// end. A write that waits for it would be deaf to idle_timeout and to SIGTERM.
/// </summary>
[OnSimulator]
public sealed class StalledTerminalTests(HostKind kind) : HostTest(kind)
{
    // stalled.pl OWNER ROOM INPUT SIGNAL PROGRAM…: runs it as bob on a terminal of OWNER's that has ROOM bytes left and
    // no reader. With a signal it is sent once, when all stands still (which a busy machine may never show). Says how it ended.
    private const string Script = """
        cat >/run/stalled.pl <<'END'
        use strict; use POSIX; use Fcntl;
        my ($owner, $room, $input, $signal, @program) = @ARGV;
        $input =~ s/\\r/\r/g;
        sysopen(my $m, "/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK);
        my ($unlock, $n) = (pack("i", 0)) x 2; ioctl($m, 0x40045431, $unlock); ioctl($m, 0x80045430, $n);
        my $path = "/dev/pts/" . unpack("i", $n);
        sysopen(my $s, $path, O_RDWR | O_NOCTTY | O_NONBLOCK);
        my $all = 0; $all++ while syswrite($s, "x");
        my $z; $all -= $room; 1 while sysread($m, $z, 65536);
        for (my $left = $all; $left > 0; ) { $left -= syswrite($s, "x" x $left) // last }
        chown($owner, 5, $path);
        my $child = fork // die;
        unless ($child) {
            setsid(); close $m; close $s;
            open(STDIN, "+<", $path); open(STDOUT, ">&STDIN"); open(STDERR, ">&STDIN");
            $ENV{TERM} = "xterm"; $) = "100 100 " . getgrnam("xenshell"); $( = 100; setuid(2000);
            exec @program;
        }
        close $s;
        syswrite($m, $input);
        my ($same, $before, $sent) = (0, "", 0);
        for my $look (1 .. 600) {
            select(undef, undef, undef, 0.1);
            if (waitpid($child, WNOHANG) == $child) { print "ended\n"; exit }
            open(my $f, "<", "/proc/$child/stat"); my @now = split(" ", <$f> // "");
            $same = "@now[13, 14]" eq $before ? $same + 1 : 0; $before = "@now[13, 14]";
            if ($signal ne "none" && !$sent && ($same == 10 || $look == 150)) { kill($signal, $child); $sent = 1 }
        }
        kill("KILL", $child); print "deaf\n";
        END
        """;

    [TestCase("2000", "300", "--prompt")]
    [TestCase("0", "300", "--prompt")]
    [TestCase("2000", "100", "")]
    [TestCase("0", "100", "")]
    [TestCase("2000", "600", "-c 'console web1'")]
    [TestCase("0", "600", "-c 'console web1'")]
    public void ItIsEndedBySigterm(string owner, string room, string arguments)
    {
        GivenRunning("web1");
        Assert.That(Stall(owner, room, "TERM", arguments), Is.EqualTo("ended\n"));
    }

    [TestCase("2000", "300", "--prompt")]
    [TestCase("2000", "100", "")]
    [TestCase("2000", "600", "-c 'console web1'")]
    public void ItIsEndedByTheIdleTimeout(string owner, string room, string arguments)
    {
        GivenRunning("web1");
        GivenSetting("idle_timeout = 2");
        Assert.That(Stall(owner, room, "none", arguments), Is.EqualTo("ended\n"));
    }

    private string Stall(string owner, string room, string signal, string arguments)
    {
        Host.RootShell(Script).Done();
        var input = string.Concat(Enumerable.Repeat(arguments.Contains("console", StringComparison.Ordinal) ? @"help\r" : "xxxxxxxxxx", 20));
        return Host.RootShell($"perl /run/stalled.pl {owner} {room} '{input}' {signal} /usr/bin/xen-shell {arguments}").Output;
    }
}
