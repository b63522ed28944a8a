using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A guest that root saved and restores by hand, as xendomains does when the host boots.</summary>
[OnLab]
public sealed class RestoreTests(HostKind kind) : HostTest(kind)
{
    // TU: it stands paused while its memory comes in; let go then, it runs without its disks, and its saved state is spent
    [Test]
    public void AGuestWhoseMemoryIsComingInIsNotLetGo()
    {
        GivenRunning("web1");
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy web1; rm -f /srv/saved /run/memory /run/go /run/restored")));
        Host.RootShell($"""
            {Host.Xl} save web1 /srv/saved 2>/dev/null && mkfifo /run/memory /run/go || exit 1
            setsid sh -c 'exec 3>/run/memory; head -c 8388608 /srv/saved >&3; cat /run/go; tail -c +8388609 /srv/saved >&3' </dev/null >/dev/null 2>&1 &
            setsid sh -c '{Host.Xl} restore /run/memory >/run/restored 2>&1' </dev/null >/dev/null 2>&1 &
            """).Done();
        ExpectState("web1", "starting", seconds: 30);
        Assert.That(As("bob").Run("unpause").Refused(ExitCode.WrongState), Does.Contain("web1 is starting; try again in a moment"));
        Host.RootShell("echo x >/run/go").Done();
        ExpectState("web1", "running", seconds: 60);
        As("bob").Run("pause").Done();
        As("bob").Run("unpause").Done();
        Assert.That(State("web1"), Is.EqualTo("running"), Host.Read("/run/restored"));
    }
}
