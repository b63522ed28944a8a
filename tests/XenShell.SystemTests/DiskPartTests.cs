using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A disk and what it is a part of: two devices for the kernel.</summary>
[OnLab]
public sealed class DiskPartTests(HostKind kind) : HostTest(kind)
{
    // a disk and a part of it are two devices, and one disk
    [TestCase("phy:/dev/xs-whole,xvda,w", "phy:/dev/xs-part,xvda,r")]
    [TestCase("phy:/dev/xs-part,xvda,w", "phy:/dev/xs-whole,xvda,w")]
    [TestCase("phy:/dev/xs-part,xvda,w", "/srv/whole.img,raw,xvda,w")]
    [TestCase("phy:/dev/xs-over,xvda,w", "phy:/dev/xs-whole,xvda,w")]
    public void APartOfADiskIsThatDisk(string theirs, string ours)
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
        GivenDisk("web1", ours);
        As("alice").Run("boot web2 --no-wait").Done();
        Assert.That(As("bob").Run("boot").Refused(ExitCode.Busy), Does.Contain("its disk xvda is in use by another guest"));
    }
}
