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
        GivenLoader();
        Host.RootShell(": >/run/loader-hangs").Done();
        var bob = Task.Run(() => As("bob").Run("boot", seconds: 200));
        var id = ExpectRefusedReset();
        Assert.That(bob.GetAwaiter().GetResult().Refused(ExitCode.Failed), Does.Contain("its boot loader did not come to an end"));
        Assert.That(State("web1"), Is.EqualTo("off"));
        Assert.That(AgainAs("staff").Run("reset web2").Done().Output, Does.Contain("web2 was reset and is running"));
        Assert.That(DomainId("web2"), Is.Not.EqualTo(id));
    }

    // TT: the same when it boots again by itself, and no gate of ours waits for it
    [Test]
    public void NorDoesOneThatHangsAtARebootOfTheGuestsOwn()
    {
        GivenLoader();
        As("bob").Run("boot --no-wait").Done();
        ExpectState("web1", "running");
        Host.RootShell($": >/run/loader-hangs; {Host.Xl} reboot -F web1 2>&1").Done();
        ExpectRefusedReset();
        var staff = AgainAs("staff");
        Wait.Until("web2 is reset", Seconds(30), () => staff.Run("reset web2").ExitCode == ExitCode.Done);
        Assert.That(Host.Read("/var/log/xen-shell/audit.log"), Does.Contain("web1: its boot loader did not come to an end, and other guests waited for it"));
    }

    /// <returns>The domid of web2, which is not reset while the loader of web1 runs.</returns>
    private string? ExpectRefusedReset()
    {
        Wait.Until("the boot loader hangs", Seconds(20), () => Host.RootShell("pgrep -f '[/]srv/hanging-loader'").Code == 0);
        var id = DomainId("web2");
        Assert.That(AgainAs("staff").Run("reset web2").Refused(ExitCode.Busy), Does.Contain("another guest is being made on this host, and its power was left on"));
        Assert.That(DomainId("web2"), Is.EqualTo(id));
        return id;
    }

    // xl removes what a boot loader hands it
    private void GivenLoader()
    {
        GivenOff("web1");
        GivenRunning("web2");
        Ending(new AtEnd(() => Host.RootShell($"mv /run/xl.conf.before /etc/xen/xl.conf; pkill -f '[/]srv/hanging-loader'; {Host.Xl} destroy web1; rm -rf /srv/loader* /run/loader* /run/xen-shell/loaders")));
        Host.RootShell("""
            truncate -s 16M /srv/loader.img
            cp /etc/xen/xl.conf /run/xl.conf.before && echo 'autoballoon="on"' >>/etc/xen/xl.conf
            cat >/srv/loader <<'END'
            #!/bin/sh
            [ ! -e /run/loader-hangs ] || exec tail -f /dev/null /srv/hanging-loader
            for word; do case $word in --output=*) out=${word#--output=} ;; esac; done
            cp /srv/guest/vmlinuz /run/loader-kernel; cp /srv/guest/initrd.gz /run/loader-ramdisk
            printf 'kernel /run/loader-kernel\0ramdisk /run/loader-ramdisk\0args console=hvc0 rdinit=/init hostname=web1\0' >$out
            END
            chmod 755 /srv/loader
            """).Done();
        GivenDisk("web1", "file:/srv/loader.img,xvda,w");
        GivenGuestSetting("web1", "bootloader", "/srv/loader");
    }
}
