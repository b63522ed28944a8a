using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What a tenant, or somebody with the tenant's key, tries first.</summary>
[OnEveryHost]
public sealed class RefusalTests(HostKind kind) : HostTest(kind)
{
    // TU: any other program on Domain 0
    [TestCase("sh")]
    [TestCase("/bin/sh -i")]
    [TestCase("status; id")]
    [TestCase("status && id")]
    [TestCase("status | sh")]
    [TestCase("`id`")]
    [TestCase("$(id)")]
    [TestCase("sudo -n xl list")]
    [TestCase("status\nid")]
    [TestCase("status\r\nid")]
    [TestCase("st\u0430tus")]
    [TestCase("git-upload-pack 'x'")]
    [TestCase("boot -a")]
    [TestCase("boot 1")]
    [TestCase("boot Domain-0")]
    [TestCase("boot ../../etc/passwd")]
    [TestCase("boot name=web1")]
    [TestCase("stat")]
    [TestCase("")]
    public void BadInputIsOneLineAndChangesNothing(string line)
    {
        var (mark, before) = (RecordMark(), StateOfTheHost());
        var refusal = As("bob").Run(line).Refused(ExitCode.Usage);

        Assert.That(refusal, Does.StartWith("xen-shell: ").And.Not.Contain("uid="));
        Assert.That(RecordsSince(mark).Select(record => record.GetProperty("decision").GetString()), Does.Contain("refuse"));
        Assert.That(StateOfTheHost(), Is.EqualTo(before));
    }

    [TestCase("bash")]
    [TestCase("control db1")]
    [TestCase("db1")]
    public void TheRecordKnowsWhatThePromptRefused(string line)
    {
        var mark = RecordMark();
        var bob = AtThePrompt("bob");
        bob.Expect("xen-shell[web1]> ");
        bob.Enter(line);
        bob.Expect("xen-shell: ");
        Assert.That(RecordsSince(mark).Any(record => record.TryGetProperty("words", out var words) && words.GetString() == $"refused {line}"));
    }

    // a user without guests cost three runs of the gate for each command
    [Test]
    public void WhoHasNoGuestIsLookedUpOnce()
    {
        var mark = RecordMark();
        As("mallory").Run("boot").Refused(ExitCode.Usage);
        Assert.That(RecordsSince(mark).Select(record => $"{(record.TryGetProperty("verb", out var verb) ? verb.GetString() : "-")} {record.GetProperty("event")}"), Is.EqualTo(new[] { "boot attempt" }));
    }

    [Test]
    public void AnAnswerThatCannotBeWrittenIsNoSuccess()
    {
        var answer = AsBob("/usr/bin/xen-shell -c whoami >/dev/full");
        Assert.That(answer.Refused(ExitCode.Failed), Does.Contain("No space left on device"));
        Assert.That(AsBob("(sleep 1; /usr/bin/xen-shell -c whoami; echo $? >&2) | true").Error, Is.EqualTo("1\n"), "nobody reads: nothing to say");
    }

    [Test]
    public void AHugeLineIsRefusedAndItsRecordIsShort()
    {
        var mark = RecordMark();
        As("bob").Run("status " + new string('x', 60_000)).Refused(ExitCode.Usage);
        Assert.That(RecordsSince(mark).Single().GetRawText(), Has.Length.LessThan(4000));
    }

    // TU: the record
    [Test]
    public void ControlCharactersDoNotReachTheRecord()
    {
        var mark = RecordMark();
        As("bob").Run("boot \x1b]0;x\x07\u009b31m").Refused(ExitCode.Usage);
        Assert.That(RecordsSince(mark), Has.Length.EqualTo(1));
        Assert.That(Host.Read("/var/log/xen-shell/audit.log").Replace("\n", "", StringComparison.Ordinal), Does.Match(@"\A[\x20-\x7e]*\z"));
    }

    // SK: Domain 0 as a file server or a way into the network
    [Test]
    public void FilesAreNotServed()
    {
        Assert.That(Host.Stock.RunTool("/usr/bin/sftp", ["-b", "-", "bob@host"], "ls\n").Code, Is.Not.Zero);
        Assert.That(Host.Stock.RunTool("/usr/bin/scp", ["bob@host:/etc/passwd", Path.Combine(Host.Scratch, "stolen")]).Code, Is.Not.Zero);
        Assert.That(Host.Stock.RunTool("/usr/bin/scp", ["-O", "bob@host:/etc/passwd", Path.Combine(Host.Scratch, "stolen")]).Error, Does.Contain("no file transfer"));
        Assert.That(Host.Stock.Run("-s", "bob@host", "sftp").Code, Is.Not.Zero);
        Assert.That(Host.Stock.Run("bob@host", "rsync --server --sender -vlogDtpre.iLsfxC . /etc/passwd").Error, Does.Contain("no file transfer"));
        Assert.That(File.Exists(Path.Combine(Host.Scratch, "stolen")), Is.False);
    }

    [TestCase("-W", "127.0.0.1:22")]
    [TestCase("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", "-N")]
    [TestCase("-o", "ExitOnForwardFailure=yes", "-R", "/tmp/x.sock:127.0.0.1:22", "-N")]
    public void NothingIsForwarded(params string[] options) =>
        Assert.That(Host.Stock.Run([.. options, "bob@host"]).Code, Is.EqualTo(255));

    [Test]
    public void ALocalForwardLeadsNowhere()
    {
        var socket = Path.Combine(Host.Scratch, "forward.sock");
        using var ssh = Host.Stock.Start(StockClient.Ssh, "-N", "-L", $"{socket}:127.0.0.1:22", "bob@host");
        try
        {
            Wait.Until("ssh listens", Seconds(10), () => File.Exists(socket));
            using var client = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
            client.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(socket));
            client.ReceiveTimeout = (int)Seconds(10).TotalMilliseconds;
            Assert.That(client.Receive(new byte[16]), Is.Zero, "an sshd would greet");
        }
        finally
        {
            ssh.Kill();
        }
    }

    [Test]
    public void NoAgentAndNoDisplayArrives()
    {
        Host.Stock.Run("-A", "-X", "bob@host", "whoami").Done();
        Assert.That(Host.RootShell("find /tmp /run -name 'agent.*' -user bob").Output, Is.Empty);
    }
}
