using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A Debian as mmdebstrap really makes it, from where this machine gets its own.</summary>
[OnSimulator]
[Category(Releases.Category)]
public sealed class RealDebianTests(HostKind kind) : ReimageTest(kind)
{
    private const string Source = "/srv/images/debian.tar";

    [Test]
    public void AnImageIsBuiltOnceAndPutOnAGuest()
    {
        Host.RootShell($"""
            set -e
            apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' | grep ' bookworm main$' | sort -u >/srv/images/sources.list
            printf 'method = mmdebstrap\ndist = bookworm\nmirror = /srv/images/sources.list\nsource = {Source}\npackages = ifupdown\nmin_disk = 300\n' >/etc/xen-shell/images.d/debian.conf
            truncate -s 600M {Disk}
            """).Done();
        Assert.That(As("bob").Run("images web1").Done().Output, Does.Not.Contain("debian"));
        var built = Host.RootShell("TMPDIR=/srv xen-shell-admin image build debian", seconds: 300).Output; // and mmdebstrap's words on the other one
        Assert.That(built, Does.Match($@"debian is built: [0-9]+ MiB in {Source}\n$"));
        Assert.That(As("bob").Run("images web1").Done().Output, Does.Contain("debian"));
        Assert.That(Host.RootShell("ls /srv/images | grep debian; ls -d /srv/mmdebstrap* 2>/dev/null || true").Output, Is.EqualTo("debian.tar\n"));

        var job = Ordered("debian");
        Wait.Until("it is over", Seconds(90), () => Job(job).GetProperty("state").GetString() is "done" or "failed");
        ExpectJob(job, "done");
        Assert.That(Inside("etc/debian_version"), Does.StartWith("12."));
        Assert.That(Inside("etc/hostname"), Is.EqualTo("web1\n"));
        Assert.That(Inside("etc/network/interfaces"), Does.Contain("iface eth0 inet dhcp"));
        Assert.That(Inside("etc/shadow"), Does.Match("(?m)^root:[!*]"));
        ExpectGreeting("Debian GNU/Linux 12");
    }

    private string Inside(string path) => Host.RootShell($"debugfs -R 'cat /{path}' {Disk} 2>/dev/null").Output;
}
