using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A disk and what it is a part of: two devices for the kernel.</summary>
[OnLab]
public sealed class DiskPartTests(HostKind kind) : HostTest(kind)
{
    // a disk and a part of it are two devices, and one disk
    [TestCase("phy:/dev/xs-part,xvda,w", "phy:/dev/xs-whole,xvda,w", "/srv/whole.img,raw,xvda,w")]
    [TestCase("phy:/dev/xs-over,xvda,w", "phy:/dev/xs-whole,xvda,w", "phy:/dev/xs-part,xvda,r")]
    public void APartOfADiskIsThatDisk(string theirs, params string[] ours)
    {
        GivenOff("web1", "web2");
        Ending(new AtEnd(() => Host.RootShell("losetup -d /dev/xs-over; losetup -d /dev/xs-whole; rm -f /dev/xs-* /srv/whole.img")));
        Host.RootShell("""
            truncate -s 16M /srv/whole.img
            perl -e 'print "\0" x 446, pack("C8V2", 0, 0, 2, 0, 0x83, 0, 0, 0, 2048, 16384), "\0" x 48, "\x55\xaa"' | dd of=/srv/whole.img conv=notrunc status=none
            loop=$(losetup --find --show --partscan /srv/whole.img)
            ln -sfn $loop /dev/xs-whole; ln -sfn ${loop}p1 /dev/xs-part
            ln -sfn $(losetup --find --show $loop) /dev/xs-over
            i=0; until [ -b /dev/xs-part ] || [ $i = 100 ]; do i=$((i+1)); sleep 0.1; done; ls -lL /dev/xs-part
            """).Done();
        GivenDisk("web2", theirs);
        As("alice").Run("boot web2 --no-wait").Done();
        ExpectInUse(ours);
    }

    private void ExpectInUse(params string[] lines)
    {
        foreach (var line in lines)
        {
            GivenDisk("web1", line);
            Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"), line);
        }
    }

    // TU, CA: the customer boots while an administrator looks into the disk; Xen's own script compares the very device
    [Test]
    public void ADiskThatTheHostHasMountedStartsNothing()
    {
        GivenOff("web1");
        Ending(new AtEnd(() => Host.RootShell("umount /srv/mounted; losetup -d /dev/xs-over; losetup -d /dev/xs-whole; rm -rf /dev/xs-* /srv/whole.img /srv/mounted")));
        Host.RootShell("""
            truncate -s 16M /srv/whole.img
            perl -e 'print "\0" x 446, pack("C8V2", 0, 0, 2, 0, 0x83, 0, 0, 0, 2048, 16384), "\0" x 48, "\x55\xaa"' | dd of=/srv/whole.img conv=notrunc status=none
            loop=$(losetup --find --show --partscan /srv/whole.img)
            ln -sfn $loop /dev/xs-whole; ln -sfn ${loop}p1 /dev/xs-part
            ln -sfn $(losetup --find --show /srv/whole.img) /dev/xs-over
            i=0; until [ -b /dev/xs-part ] || [ $i = 100 ]; do i=$((i+1)); sleep 0.1; done
            mkfs.ext4 -q /dev/xs-part && mkdir -p /srv/mounted && mount /dev/xs-part /srv/mounted
            """).Done();
        ExpectMounted("phy:/dev/xs-part,xvda,w");
        ExpectMounted("phy:/dev/xs-whole,xvda,w");
        ExpectMounted("/srv/whole.img,raw,xvda,w");
        Host.RootShell("umount /srv/mounted && mount -o ro,noload /dev/xs-part /srv/mounted").Done();
        ExpectMounted("phy:/dev/xs-over,xvda,w");
        Assert.That(DomainId("web1"), Is.Null);
        Host.RootShell("umount /srv/mounted").Done();
        As("bob").Run("boot --no-wait").Done();
    }

    private void ExpectMounted(string line)
    {
        GivenDisk("web1", line);
        var mark = RecordMark();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by the host itself"), line);
        Assert.That(RecordsSince(mark)[^1].GetProperty("reason").GetString(), Does.EndWith("is a disk of the host, mounted at /srv/mounted"));
    }

    // two devices that are made of one third, and nothing but their bytes says so
    [TestCase("phy:/dev/xs-one,xvda,w", null, "phy:/dev/xs-two,xvda,w", "file:/srv/whole.img,xvda,w")]
    [TestCase("phy:/dev/mapper/xs-low,xvda,w", "phy:/dev/mapper/xs-high,xvda,w", "phy:/dev/mapper/xs-over,xvda,w")]
    [TestCase("phy:/dev/xs-tail,xvda,w", "phy:/dev/mapper/xs-low,xvda,w", "phy:/dev/mapper/xs-high,xvda,w")]
    public void TwoThatAreMadeOfTheSameBytesAreOneDisk(string theirs, string? free, params string[] same)
    {
        GivenDevices();
        GivenDisk("web2", theirs);
        As("alice").Run("boot web2 --no-wait").Done();
        ExpectInUse(same);
        if (free is not null)
        {
            GivenDisk("web1", free);
            As("bob").Run("boot --no-wait").Done();
        }
    }

    [Test]
    public void AFileIsKnownWhateverItIsCalledByNow()
    {
        GivenDevices();
        GivenDisk("web1", "file:/srv/other.img,xvda,w");
        Host.RootShell("ln /srv/whole.img /srv/other.img && rm /srv/whole.img").Done();
        GivenDisk("web2", "phy:/dev/xs-one,xvda,w");
        Host.Root(Host.Xl, "create", "-q", "/etc/xen/web2.cfg").Done();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
    }

    // the device answers, and what it is made of does not
    [Test]
    public void ADiskWhoseStorageDoesNotAnswerStartsNothing()
    {
        GivenDevices();
        GivenDisk("web1", "phy:/dev/xs-two,xvda,w");
        Ending(new AtEnd(() => Host.RootShell("umount /usr/sbin/losetup")));
        Host.RootShell("printf '#!/bin/sh\\nexec sleep 600\\n' >/srv/odd-losetup && chmod 755 /srv/odd-losetup && mount --bind /srv/odd-losetup /usr/sbin/losetup").Done();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Failed), Does.Contain("the storage of its disk does not answer"));
        Assert.That(DomainId("web1"), Is.Null);
    }

    /// <summary>A file of 16 MiB; xs-one and xs-two are all of it, xs-tail its second half; of xs-one, xs-low is the first half, xs-high the second, xs-over the middle.</summary>
    private void GivenDevices()
    {
        GivenOff("web1", "web2");
        Ending(new AtEnd(() => Host.RootShell("dmsetup remove xs-low; dmsetup remove xs-high; dmsetup remove xs-over; for name in one two tail; do losetup -d /dev/xs-$name; done; rm -f /dev/xs-* /srv/whole.img /srv/other.img")));
        Host.RootShell("""
            truncate -s 16M /srv/whole.img
            ln -sfn $(losetup --find --show /srv/whole.img) /dev/xs-one
            ln -sfn $(losetup --find --show /srv/whole.img) /dev/xs-two
            ln -sfn $(losetup --find --show --offset 8388608 /srv/whole.img) /dev/xs-tail
            dmsetup create xs-low --table "0 16384 linear $(readlink /dev/xs-one) 0" &&
            dmsetup create xs-high --table "0 16384 linear $(readlink /dev/xs-one) 16384" &&
            dmsetup create xs-over --table "0 16384 linear $(readlink /dev/xs-one) 8192"
            """).Done();
    }
}
