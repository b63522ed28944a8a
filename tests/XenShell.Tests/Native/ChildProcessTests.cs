using System.Text;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;
using XenShell.Screen.Actions;
using XenShell.Tenant.Client;

namespace XenShell.Tests.Native;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [TestCase("exit 0", 0)]
    [TestCase("exit 7", 7)]
    [TestCase("kill -9 $$", 137)]
    public void ExitCodesArrive(string script, int code) => Assert.That(Run(script).ExitCode, Is.EqualTo(code));

    [Test]
    public void BothOutputsAreCaptured()
    {
        var result = Run("echo out; echo error >&2");
        Assert.That((result.Output, result.Error), Is.EqualTo(("out\n", "error\n")));
    }

    [Test]
    public void ALotOfOutputDoesNotBlock() => Assert.That(Run("head -c 9000000 /dev/zero").ExitCode, Is.Zero);

    [Test]
    public void WhatTakesTooLongIsEnded() =>
        Assert.That(Captured.Run("/bin/sleep", ["60"], [], TimeSpan.FromMilliseconds(100)).ExitCode, Is.Null);

    // TT: a boot loader that hangs would have xl's lock for minutes
    [Test]
    public void WhatIsNotToGoOnIsEnded()
    {
        var asked = 0;
        var result = Captured.Run("/bin/sleep", ["60"], [], Long, goesOn: pid => Directory.Exists($"/proc/{pid}") && ++asked < 2);
        Assert.That((result.ExitCode, asked), Is.EqualTo(((int?)null, 2)));
        Assert.That(result.Time, Is.LessThan(Long));
    }

    // xl create leaves a daemon behind that holds the pipes
    [Test]
    public void AGrandchildThatHoldsThePipesIsNotWaitedFor() => Assert.That(Run("sleep 60 & echo done").Output, Is.EqualTo("done\n"));

    [Test]
    public void TheChildGetsNothingThatWasNotGiven()
    {
        using var open = File.OpenRead("/etc/passwd");
        Assert.That(Run("ls /proc/self/fd | wc -l; env; pwd").Output, Does.Match(@"\A4\n(.*\n)*/\n\z"), "0, 1, 2 and ls's own folder");
    }

    [Test]
    public void RelativePathsAndNulsAreRefused()
    {
        Assert.That(() => ChildProcess.Start(new SpawnRequest("sh", ["sh"], [])), Throws.ArgumentException);
        Assert.That(() => ChildProcess.Start(new SpawnRequest("/bin/echo", ["echo", "a\0b"], [])), Throws.ArgumentException);
    }

    // TU: Ctrl-C in a query left a zombie each time
    [Test]
    public void AnAbandonedChildIsReapedWhenAnotherOneStarts()
    {
        var abandoned = ChildProcess.Start(new SpawnRequest("/bin/true", ["true"], []));
        Poll.Wait(abandoned.Exited, forWriting: false, Long);
        abandoned.Abandon();
        Assert.That(Directory.Exists($"/proc/{abandoned.Pid}"), Is.True, "a zombie");
        using var another = ChildProcess.Start(new SpawnRequest("/bin/true", ["true"], []));
        Assert.That(Directory.Exists($"/proc/{abandoned.Pid}"), Is.False);
        another.Wait(Long);
    }

    [Test]
    public void AProgramThatIsNotThereLeavesNothingOpen()
    {
        var before = Directory.GetFiles("/proc/self/fd").Length;
        var layout = new HostLayout("/nonexistent", "/usr", 0);
        var client = new GateClient(layout);
        var query = new Invocation(KnownCommands.Guests);
        var toolstack = new XlToolstack("/nonexistent/xl", [], []);
        for (var i = 0; i < 20; i++)
        {
            Assert.That(() => client.Query(query), Throws.InstanceOf<IOException>());
            Assert.That(() => client.Capture(query), Throws.InstanceOf<IOException>());
            Assert.That(() => client.Run(query), Throws.InstanceOf<IOException>());
            Assert.That(client.StartWatch, Throws.InstanceOf<IOException>());
            Assert.That(() => new GuestAction(layout, "status", query), Throws.InstanceOf<IOException>());
            Assert.That(() => Captured.Run("/nonexistent", [], [], Long), Throws.InstanceOf<IOException>());
            Assert.That(() => toolstack.Shutdown(GuestName.Parse("web1")), Throws.TypeOf<ToolstackException>());
        }

        Assert.That(Directory.GetFiles("/proc/self/fd"), Has.Length.LessThan(before + 20));
    }

    [Test]
    public void APtyIsTheChildsControllingTerminal()
    {
        using var pty = Pty.Open(new WindowSize(40, 15));
        using var slave = pty.OpenSlave();
        using var child = ChildProcess.Start(new SpawnRequest("/bin/sh", ["sh", "-c", "stty size </dev/tty; read x; stty size; tty"], ["PATH=/usr/bin:/bin"]) { Terminal = pty.SlavePath });
        var text = ReadUntil(pty, "40 15");
        pty.Resize(new WindowSize(50, 20));
        pty.Master.WriteAll("\n"u8);
        text += ReadUntil(pty, "/dev/pts/");
        Assert.That(text, Does.Contain("50 20").And.Contain(pty.SlavePath));
        Assert.That(child.Wait(Long), Is.Zero);
    }

    private static string ReadUntil(Pty pty, string wanted)
    {
        var text = new StringBuilder();
        var bytes = new byte[1024];
        while (!text.ToString().Contains(wanted, StringComparison.Ordinal) && Poll.Wait(pty.Master, forWriting: false, Long))
        {
            text.Append(Encoding.UTF8.GetString(bytes, 0, Math.Max(0, pty.Master.Read(bytes))));
        }

        return text.ToString();
    }

    private static Captured Run(string script) => Captured.Run("/bin/sh", ["-c", script], ["PATH=/usr/bin:/bin"], Long);
}
