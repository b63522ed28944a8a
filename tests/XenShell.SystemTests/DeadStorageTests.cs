using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A storage that does not answer, and the guests that are on others. web2 is started by hand: nothing but its path is known.</summary>
[OnSimulator]
public sealed class DeadStorageTests(HostKind kind) : HostTest(kind)
{
    private const string Silent = "the storage of its disk does not answer";

    // a hard mount whose server is gone: a stat(2) there ends when that is back
    [Test]
    public void AStorageThatDoesNotAnswerKeepsOtherGuestsFromNothing()
    {
        GivenWeb2OnItsOwn("/srv/dead/two.img,qcow2,xvda,rw");
        GivenDisk("web1", "/srv/disks/one.img,qcow2,xvda,rw");
        GivenStat("case $path in */dead/*) exec sleep 600;; esac");
        var mark = RecordMark();
        As("bob").Run("boot --no-wait").Done();
        Assert.That(RecordsSince(mark).Select(record => record.ToString()), Has.Some.Contains("/srv/dead/two.img: no answer"));
        Assert.That(As("alice").Run("reset web2").Refused(ExitCode.Failed), Does.Contain(Silent));
        Assert.That(State("web2"), Is.EqualTo("running"));
    }

    [Test]
    public void AResetWhoseKernelDoesNotAnswerCutsNoPower()
    {
        GivenRunning("web1");
        var id = DomainId("web1");
        GivenGuestSetting("web1", "kernel", "/srv/dead/vmlinuz");
        GivenStat("case $path in */dead/*) exec sleep 600;; esac");
        Assert.That(As("bob").Run("reset").Refused(ExitCode.Failed), Does.Contain("the storage of its kernel does not answer, and its power was left on"));
        Assert.That(DomainId("web1"), Is.EqualTo(id));
    }

    // TU: each 'images' would leave a gate of root's behind, which nobody can end
    [Test]
    public void AnImageOnADeadStorageIsNotOpened()
    {
        Ending(new AtEnd(() => Host.RootShell("rm -rf /etc/xen-shell/images.d")));
        Host.RootShell("mkdir -p /etc/xen-shell/images.d && printf 'method = tar\\nsource = /srv/dead/base.tar\\n' >/etc/xen-shell/images.d/debian.conf").Done();
        GivenStat("case $path in */dead/*) exec sleep 600;; esac");
        var mark = RecordMark();
        Assert.That(As("bob").Run("images").Done().Output, Does.StartWith("no image is open to you"));
        Assert.That(RecordsSince(mark).Select(record => record.ToString()), Has.Some.Contains("debian.conf:2: source: /srv/dead/base.tar: its storage does not answer"));
    }

    // hundreds of guests on it: nobody waits for each
    [Test]
    public void AStorageThatIsDeadAsAWholeIsNotAskedForEachOfItsDisks()
    {
        GivenOff("web1", "web2");
        Ending(new AtEnd(() => Host.RootShell("umount /srv/dead")));
        Host.RootShell("mkdir -p /srv/dead && mount -t tmpfs dead /srv/dead && for i in $(seq 80); do : >/srv/dead/$i.img; done; rm -f /run/stats").Done();
        GivenDisk("web2", string.Join("', '", Enumerable.Range(1, 80).Select(i => $"/srv/dead/{i}.img,qcow2,xvd{(char)('a' + (i / 26))}{(char)('a' + (i % 26))},rw")));
        Host.Root(Host.Xl, "create", "-q", "/etc/xen/web2.cfg").Done();
        GivenStat("case $path in /srv/dead/*) echo x >>/run/stats; exec sleep 600;; esac");
        As("bob").Run("boot --no-wait").Done();
        Assert.That(Host.Read("/run/stats").Count(line => line == 'x'), Is.LessThanOrEqualTo(2 * 16), "twice what is asked at once");
    }

    // memory that ran out, an error of the disk: what nobody can say is not "nothing there"
    [TestCase("kill -9 $$")]
    [TestCase("echo 'stat: cannot statx: Input/output error' >&2; exit 1")]
    [TestCase("exit 127")]
    public void AnAnswerThatFailsIsNone(string failure)
    {
        GivenWeb2OnItsOwn("/srv/disks/one.img,qcow2,xvda,rw");
        GivenDisk("web1", "/srv/disks/two.img,qcow2,xvda,rw");
        Host.RootShell("ln -sf one.img /srv/disks/two.img").Done();
        GivenStat($"case $path in */two.img) {failure};; esac");
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Failed), Does.Contain(Silent));
        Assert.That(DomainId("web1"), Is.Null);
    }

    // both are on one storage that pauses for some seconds, just between our look at ours and the one at theirs
    [Test]
    public void AStorageThatPausesHidesNobodysDisk()
    {
        GivenWeb2OnItsOwn("/srv/disks/one.img,qcow2,xvda,rw");
        GivenDisk("web1", "/srv/disks/one.img,qcow2,xvda,rw");
        GivenStat("""echo x >>/run/stats; [ "$(wc -l </run/stats)" != 2 ] || exec sleep 600""");
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    private void GivenWeb2OnItsOwn(string disk)
    {
        GivenOff("web1", "web2");
        Host.RootShell("rm -rf /srv/disks /srv/dead /run/stats; mkdir -p /srv/disks /srv/dead && truncate -s 4M /srv/dead/two.img /srv/disks/one.img").Done();
        GivenDisk("web2", disk);
        Host.Root(Host.Xl, "create", "-q", "/etc/xen/web2.cfg").Done();
    }

    /// <summary>A line of shell before stat(1) does its work, until the test ends; $path is what it is asked about.</summary>
    private void GivenStat(string before)
    {
        Ending(new AtEnd(() => Host.RootShell("umount /usr/bin/stat")));
        Host.RootShell($$"""
            cp /usr/bin/stat /run/real-stat
            cat >/run/odd-stat <<'END'
            #!/bin/sh
            for path; do :; done
            {{before}}
            exec /run/real-stat "$@"
            END
            chmod 755 /run/odd-stat && mount --bind /run/odd-stat /usr/bin/stat
            """).Done();
    }
}
