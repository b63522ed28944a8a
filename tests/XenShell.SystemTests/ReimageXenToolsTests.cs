using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The real xen-create-image, with a distribution of the test's own whose one hook tells what it was given, and a root of busybox.</summary>
[OnLab]
public sealed class ReimageXenToolsTests(HostKind kind) : ReimageTest(kind)
{
    private const string Password = "verySecretWord";

    [SetUp]
    public void GivenXenTools()
    {
        Ending(new AtEnd(() => Host.RootShell("rm -rf /usr/share/xen-tools/xs-test.d; mv /srv/xen-tools.before /etc/xen-tools/xen-tools.conf; sed -i '/^xs-test/d' /etc/xen-tools/distributions.conf")));
        Host.RootShell($"""
            set -e
            cp -p /etc/xen-tools/xen-tools.conf /srv/xen-tools.before
            printf 'password = {Password}\nforce = 1\nboot = 1\nlvm = none\n' >>/etc/xen-tools/xen-tools.conf
            echo 'xs-test = debian' >>/etc/xen-tools/distributions.conf
            mkdir -p /usr/share/xen-tools/xs-test.d
            cat >/usr/share/xen-tools/xs-test.d/10-tell <<'END'
            #!/bin/sh
            echo "$hostname $ip1 $netmask $gateway" >$1/etc/told
            echo wrong >$1/etc/hostname
            until [ -e /srv/images/go ]; do sleep 0.1; done
            END
            chmod 755 /usr/share/xen-tools/xs-test.d/10-tell
            mkdir -p /srv/tree/bin /srv/tree/etc/ssh
            cp /bin/busybox /srv/tree/bin/busybox
            for name in sh ls cp mv rm cat; do ln -sf busybox /srv/tree/bin/$name; done
            tar -C /srv/tree -cf /srv/images/tiny.tar .
            printf 'method = xen-tools\ndist = xs-test\ninstall_method = tar\nsource = /srv/images/tiny.tar\n' >/etc/xen-shell/images.d/xt.conf
            """).Done();
        GivenGuestSetting("web1", "xen_shell_net", "netmask=255.255.255.0, gateway=192.0.2.1");
        Host.RootShell("echo \"vif = [ 'ip=192.0.2.7' ]\" >>/etc/xen/web1.cfg").Done();
    }

    [Test]
    public void ItFillsTheNewDiskAndNothingElse()
    {
        var before = Host.RootShell("md5sum /etc/xen/*.cfg").Output;
        var job = Ordered("xt");
        Wait.Until("its hooks run", Seconds(60), () => Job(job).TryGetProperty("phase", out var phase) && phase.GetString() == "running the hooks of xen-tools");
        Let();
        ExpectJob(job, "done");
        Assert.That(Inside("/etc/told"), Is.EqualTo("web1 192.0.2.7 255.255.255.0 192.0.2.1\n"));
        Assert.That(Inside("/etc/hostname"), Is.EqualTo("web1\n"));
        Assert.That(Inside("/etc/issue"), Does.StartWith("A new system"));
        Assert.That(Inside("/etc/shadow"), Does.StartWith("root:*").Or.StartWith("root:!"));
        Assert.That(Disks(), Is.EqualTo($"web1.img\nweb1.img.xs-old-{job}"));
        Assert.That(Host.RootShell("md5sum /etc/xen/*.cfg").Output, Is.EqualTo(before));
        Assert.That(DomainId("web1"), Is.Null);
        Assert.That(Host.RootShell($"grep -rl {Password} /var/lib/xen-shell /var/log/xen-shell").Output, Is.Empty);
        ExpectNothingMounted();
    }

    // its mounts would keep the disk in use for ever
    [Test]
    public void WhatIsCancelledLeavesNothingMounted()
    {
        var job = Ordered("xt");
        Wait.Until("its hooks run", Seconds(60), () => Job(job).TryGetProperty("phase", out var phase) && phase.GetString() == "running the hooks of xen-tools");
        As("bob").Run($"jobs {job} --cancel").Done();
        ExpectJob(job, "cancelled");
        Assert.That(Disks(), Is.EqualTo("web1.img"));
        ExpectNothingMounted();
    }

    private void ExpectNothingMounted()
    {
        Assert.That(Host.RootShell("grep -E 'xen-shell/work|/srv/reimage' /proc/*/mountinfo").Output, Is.Empty);
        Assert.That(Host.RootShell("losetup -a").Output, Does.Not.Contain("/srv/reimage"));
        Assert.That(Host.RootShell("ls /run/xen-shell/work").Output, Is.Empty);
    }

    private string Inside(string path) => Host.RootShell($"debugfs -R 'cat {path}' {Disk} 2>/dev/null").Output;
}
