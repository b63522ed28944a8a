using System.Text.Json;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A guest with a disk of its own, and images that are made in the test: a tiny root, and one that waits until it may.</summary>
public abstract class ReimageTest(HostKind kind) : HostTest(kind)
{
    protected const string Disk = "/srv/reimage/web1.img";

    [SetUp]
    public void GivenImages()
    {
        GivenOff("web1");
        GivenDisk("web1", $"file:{Disk},xvda2,w");
        Ending(new AtEnd(() => Host.RootShell($"pkill -KILL -x xen-shell-worke; pkill -KILL -f '[/]srv/images/slow'; {Host.Xl} destroy web1; rm -rf /etc/xen-shell/images.d /srv/images /srv/reimage /srv/tree /var/lib/xen-shell/jobs /run/xen-shell/work")));
        Host.RootShell($"""
            set -e
            mkdir -p /srv/images /srv/reimage /srv/tree/etc /srv/tree/root /etc/xen-shell/images.d
            echo 'The old system \n \l' >/srv/tree/etc/issue
            truncate -s 16M {Disk}
            mke2fs -q -F -d /srv/tree {Disk}
            echo 'A new system \n \l' >/srv/tree/etc/issue
            echo 'root:template:1:0:99999:7:::' >/srv/tree/etc/shadow
            tar -C /srv/tree -cf /srv/images/tiny.tar .
            printf 'title = Tiny\nmethod = tar\nsource = /srv/images/tiny.tar\n' >/etc/xen-shell/images.d/tiny.conf
            cat >/srv/images/slow <<'END'
            #!/bin/sh
            echo phase waiting
            echo percent 50
            until [ -e /srv/images/go ]; do sleep 0.1; done
            mke2fs -q -F -E nodiscard -d /srv/tree "$XEN_SHELL_DISK"
            END
            chmod 755 /srv/images/slow
            printf 'title = Slow\nmethod = command\nprogram = /srv/images/slow\n' >/etc/xen-shell/images.d/slow.conf
            """).Done();
    }

    /// <summary>Orders it, with the name.</summary>
    /// <returns>The job's number.</returns>
    protected string Ordered(string image, string more = "", string who = "bob")
    {
        var said = As(who).Run($"reimage web1 {image} --confirm web1 {more}").Done().Output;
        Assert.That(said, Does.Match("^job [2-9a-z]{6} has begun"));
        return said.Split(' ')[1];
    }

    protected void Let() => Host.RootShell("touch /srv/images/go").Done();

    protected JsonElement Job(string id, string who = "bob") =>
        JsonDocument.Parse(As(who).Run($"jobs {id} --json").Done().Output).RootElement.GetProperty("jobs")[0];

    protected void ExpectJob(string id, string state, double seconds = 20) =>
        Wait.Until($"job {id} is {state}", Seconds(seconds), () => Job(id).GetProperty("state").GetString() == state);

    /// <summary>Boots it, and waits for what it says on its console.</summary>
    protected void ExpectGreeting(string words)
    {
        As("bob").Run("boot web1").Done();
        Wait.Until(words, Seconds(15), () => Host.Read(ConsoleLog("web1")).Contains($"{words} web1 hvc0", StringComparison.Ordinal));
    }

    protected string Disks() => Host.RootShell("ls /srv/reimage").Output.TrimEnd('\n');
}
