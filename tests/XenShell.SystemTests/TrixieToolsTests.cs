using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A re-image with the e2fsprogs of Debian 13, which read archives.</summary>
[OnSimulator]
[Category(Releases.Category)]
public sealed class TrixieToolsTests(HostKind kind) : ReimageTest(kind)
{
    [SetUp]
    public void GivenTools()
    {
        File.Copy(Releases.Archive("trixie"), Path.Combine(Host.Scratch, "trixie.tar"), overwrite: true);
        Ending(new AtEnd(() => Host.RootShell("umount /usr/sbin/mke2fs; rm -rf /srv/trixie /srv/mke2fs")));
        Host.RootShell("""
            set -e
            mkdir /srv/trixie
            tar -C /srv/trixie -xf /run/host/out/scratch/trixie.tar
            cat >/srv/mke2fs <<'END'
            #!/bin/sh
            echo "$*" >>/srv/trixie/made
            exec /srv/trixie/usr/lib64/ld-linux-x86-64.so.2 --library-path /srv/trixie/usr/lib/x86_64-linux-gnu /srv/trixie/usr/sbin/mke2fs "$@"
            END
            chmod 755 /srv/mke2fs
            mount --bind /srv/mke2fs /usr/sbin/mke2fs
            """).Done();
    }

    [Test]
    public void AnArchiveGoesStraightIntoTheFileSystem()
    {
        Host.RootShell("""
            set -e
            cd /srv/tree
            echo 'the build host' >etc/hostname
            ln -s /run/resolv.conf etc/resolv.conf
            mkdir -p usr/bin
            echo x >usr/bin/su
            chown 0:42 usr/bin/su
            chmod 4750 usr/bin/su
            ln usr/bin/su usr/bin/su2
            setcap cap_net_raw+ep usr/bin/su2
            tar -C /srv/tree --xattrs --xattrs-include='*' -czf /srv/images/tiny.tar .
            """).Done();
        var job = Ordered("tiny");
        ExpectJob(job, "done");
        Assert.That(Host.Read("/srv/trixie/made"), Does.Contain($"-d - {Disk}.xs-new-{job}"));
        Assert.That(Inside("cat /etc/issue"), Does.StartWith("A new system"));
        Assert.That(Inside("cat /etc/hostname"), Is.EqualTo("web1\n"));
        Assert.That(Inside("cat /etc/fstab"), Does.StartWith("/dev/xvda2 / ext4"));
        Assert.That(Inside("stat /usr/bin/su"), Does.Contain("Mode:  04750").And.Contain("Group:    42").And.Contain("Links: 2").And.Contain("security.capability"));
        ExpectGreeting("A new system");
    }

    [Test]
    public void NothingGetsOutThroughALinkOfTheImage()
    {
        Host.RootShell("""
            set -e
            mkdir -p /srv/out
            ln -s /srv/out /srv/tree/out
            tar -C /srv/tree -cf /srv/images/tiny.tar .
            echo x >/srv/x
            tar -C /srv -rf /srv/images/tiny.tar --transform 's,^x,./out/x,' x
            """).Done();
        var job = Ordered("tiny");
        Wait.Until("it is over", Seconds(20), () => Job(job).GetProperty("state").GetString() is "done" or "failed");
        Assert.That(Host.RootShell("ls -A /srv/out; rm -rf /srv/out /srv/x").Output, Is.Empty);
    }

    [Test]
    public void AnImageThatDoesNotFitLeavesNothing()
    {
        Host.RootShell("head -c 15800k /dev/urandom >/srv/tree/much && tar -C /srv/tree -cf /srv/images/tiny.tar .").Done();
        var job = Ordered("tiny");
        ExpectJob(job, "failed");
        Assert.That(Job(job).GetProperty("result").GetString(), Does.Contain("perhaps the image does not fit on the disk"));
        Assert.That(Disks(), Is.EqualTo("web1.img"));
    }

    private string Inside(string command) => Host.RootShell($"debugfs -R '{command}' {Disk} 2>/dev/null").Output;
}
