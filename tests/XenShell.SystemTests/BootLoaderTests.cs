using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>What the host runs on a guest's own words before there is a guest, and xl's lock that it holds meanwhile.</summary>
[OnLab]
public sealed class BootLoaderTests(HostKind kind) : HostTest(kind)
{
    // TT: pygrub waits for as long as the guest says; with autoballoon nobody's guest is made meanwhile, and one that was reset would be off
    [Test]
    public void AHangingBootLoaderCostsNobodyElseHisPower()
    {
        GivenOff("web1");
        GivenRunning("web2");
        Ending(new AtEnd(() => Host.RootShell("mv /run/xl.conf.before /etc/xen/xl.conf; pkill -f '[/]srv/hanging-loader'; rm -f /srv/loaded.img")));
        Host.RootShell("""
            truncate -s 16M /srv/loaded.img
            cp /etc/xen/xl.conf /run/xl.conf.before && echo 'autoballoon="on"' >>/etc/xen/xl.conf
            printf '#!/bin/sh\nexec tail -f /dev/null /srv/hanging-loader\n' >/srv/hanging-loader && chmod 755 /srv/hanging-loader
            """).Done();
        GivenDisk("web1", "file:/srv/loaded.img,xvda,w");
        GivenGuestSetting("web1", "bootloader", "/srv/hanging-loader");
        var bob = Task.Run(() => As("bob").Run("boot", seconds: 200));
        Wait.Until("the boot loader runs", Seconds(20), () => Host.RootShell("pgrep -f '[/]srv/hanging-loader'").Code == 0);
        var id = DomainId("web2");
        Assert.That(AgainAs("staff").Run("reset web2").Refused(ExitCode.Busy), Does.Contain("another guest is being made on this host, and its power was left on"));
        Assert.That(DomainId("web2"), Is.EqualTo(id));
        Assert.That(bob.GetAwaiter().GetResult().Refused(ExitCode.Failed), Does.Contain("its boot loader did not come to an end"));
        Assert.That(State("web1"), Is.EqualTo("off"));
        Assert.That(AgainAs("staff").Run("reset web2").Done().Output, Does.Contain("web2 was reset and is running"));
    }
}
