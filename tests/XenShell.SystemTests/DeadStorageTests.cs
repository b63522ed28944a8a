using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A storage that does not answer, and the guests that are on others.</summary>
[OnSimulator]
public sealed class DeadStorageTests(HostKind kind) : HostTest(kind)
{
    // a hard mount whose server is gone: a stat(2) there ends when that is back
    [Test]
    public void AStorageThatDoesNotAnswerKeepsOtherGuestsFromNothing()
    {
        GivenOff("web1", "web2");
        Host.RootShell("""
            mkdir -p /srv/disks /srv/dead && truncate -s 4M /srv/dead/two.img /srv/disks/one.img
            cp /usr/bin/stat /run/real-stat
            printf '#!/bin/sh\ncase "$*" in */dead/*) exec sleep 600;; esac\nexec /run/real-stat "$@"\n' >/run/dead-stat; chmod 755 /run/dead-stat
            """).Done();
        GivenDisk("web2", "/srv/dead/two.img,qcow2,xvda,rw");
        GivenDisk("web1", "/srv/disks/one.img,raw,xvda,rw");
        Host.Root(Host.Xl, "create", "-q", "/etc/xen/web2.cfg"); // by hand: nothing but its path is known
        Ending(new AtEnd(() => Host.RootShell("umount /usr/bin/stat")));
        Host.RootShell("mount --bind /run/dead-stat /usr/bin/stat").Done();
        var mark = RecordMark();
        As("bob").Run("boot --no-wait").Done();
        Assert.That(RecordsSince(mark).Select(record => record.ToString()), Has.Some.Contains("/srv/dead/two.img: no answer"));
        Assert.That(As("alice").Run("reset web2").Refused(ExitCode.Failed), Does.Contain("the storage of its disk does not answer"));
        Assert.That(State("web2"), Is.EqualTo("running"));
    }
}
