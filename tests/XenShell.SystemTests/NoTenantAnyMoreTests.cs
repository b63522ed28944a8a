using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// TU, CA: a login that is taken away under an open session. sshd and sudo asked when it began, and keep the groups
/// of then: the gate asks at every call, and while a console is attached.
/// </summary>
[OnSimulator]
public sealed class NoTenantAnyMoreTests(HostKind kind) : HostTest(kind)
{
    private static readonly object[] Ways =
    [
        new[] { "gpasswd -d bob xenshell", "gpasswd -a bob xenshell", "not of the group" },
        new[] { "usermod -p 'x' bob && usermod -L bob", "usermod -p '!' bob", "locked" },
        new[] { "chage -E 1 bob", "chage -E -1 bob", "" }, // sudo refuses by itself, and logs it
        new[] { "usermod -s /usr/sbin/nologin bob", "usermod -s /usr/bin/xen-login-shell bob", "the shell of bob" },
        new[] { "mv /etc/ssh/xen-shell-keys/bob /run/key", "mv /run/key /etc/ssh/xen-shell-keys/bob", "the key SHA256:" },
        new[] { "cp -p /etc/ssh/xen-shell-keys/bob /run/key && cat /etc/ssh/xen-shell-keys/alice >/etc/ssh/xen-shell-keys/bob", "mv /run/key /etc/ssh/xen-shell-keys/bob", "the key SHA256:" },
    ];

    [TestCaseSource(nameof(Ways))]
    public void AnOpenSessionDoesNothingMore(string way, string back, string reason)
    {
        GivenRunning("web1");
        var screen = AtThePrompt("bob");
        screen.Expect("xen-shell[web1]> ");
        var mark = RecordMark();
        Given(way, back);
        var before = DomainId("web1");
        foreach (var command in new[] { "status", "poweroff", "list" })
        {
            screen.Enter(command);
            screen.Expect(reason.Length > 0 ? "you are not known here" : "account validation failure");
        }

        Assert.That(DomainId("web1"), Is.EqualTo(before));
        var refusals = RecordsSince(mark).Where(record => record.TryGetProperty("decision", out var decision) && decision.GetString() == "refuse" && record.GetProperty("user").GetString() == "bob");
        Assert.That(refusals.Select(record => record.GetProperty("reason").GetString()), reason.Length > 0 ? Has.Exactly(3).Contains(reason) : Is.Empty);
    }

    [TestCaseSource(nameof(Ways))]
    public void AnAttachedConsoleEnds(string way, string back, string reason)
    {
        _ = reason;
        GivenRunning("web1");
        var console = StockTerminal("bob@host", "console");
        console.Expect("opens a menu");
        Given(way, back);
        console.Expect("no longer open to you", 15);
        console.ExpectEnd();
    }

    [Test]
    public void TheScreenShowsNothingMore()
    {
        GivenRunning("web1");
        var screen = StockTerminal("bob@host");
        screen.Shows(InDetails("web1", "running"));
        Given("gpasswd -d bob xenshell", "gpasswd -a bob xenshell");
        screen.Shows("not shown on this host", 20);
    }

    // what a session without sshd, or one of another key, is told
    [Test]
    public void TheRecordNamesClientAndKey()
    {
        var mark = RecordMark();
        As("bob").Run("status").Done();
        var line = RecordsSince(mark)[0];
        Assert.That(line.GetProperty("client").GetString(), Is.EqualTo("127.0.0.1"));
        Assert.That(line.GetProperty("key").GetString(), Is.EqualTo(Host.RootShell("ssh-keygen -lf /etc/ssh/xen-shell-keys/bob").Output.Split(' ')[1]));
        Assert.That(Host.Read("/var/log/auth.log"), Does.Contain("client=127.0.0.1 key=SHA256:"));

        mark = RecordMark();
        AsBob($"setsid sudo -n {GateTests.Gate} list").Done();
        Assert.That(RecordsSince(mark)[0].TryGetProperty("key", out _), Is.False);
    }

    [Test]
    public void AKeyThatIsNoFingerprintIsNone()
    {
        Assert.That(AsBob($"sudo -n {GateTests.Gate} --key ../../etc/shadow list").Code, Is.EqualTo((int)ExitCode.Usage));
        Assert.That(AsBob($"sudo -n {GateTests.Gate} --key").Code, Is.EqualTo((int)ExitCode.Usage));
        Assert.That(AsBob($"sudo -n {GateTests.Gate} --key SHA256:{new string('A', 43)} list").Code, Is.EqualTo((int)ExitCode.NotAllowed));
    }

    private void Given(string way, string back)
    {
        Ending(new AtEnd(() => Host.RootShell(back)));
        Host.RootShell($"{{ {way}; }} >/dev/null 2>&1").Done();
    }
}
