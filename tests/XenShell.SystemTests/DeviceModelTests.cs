using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A guest whose device model is a domain of its own (device_model_stubdomain_override).</summary>
[OnSimulator]
public sealed class DeviceModelTests(HostKind kind) : HostTest(kind)
{
    // libxl gives the domain of its device model the guest's disks
    [Test]
    public void AGuestsOwnDeviceModelKeepsItFromNothing()
    {
        GivenOff("web1");
        Host.RootShell("mkdir -p /srv/disks && truncate -s 4M /srv/disks/one.img").Done();
        GivenDisk("web1", "/srv/disks/one.img,raw,xvda,rw");
        As("bob").Run("boot --no-wait").Done();
        Ending(new AtEnd(() => Host.Root(Host.Xl, "destroy", "web1-dm")));
        Host.RootShell($"sed -e \"s/^name = .*/name = 'web1-dm'/\" -e '/^xen_shell/d' -e 's/,rw/,r/' /etc/xen/web1.cfg >/run/dm.cfg && {Host.Xl} create -q /run/dm.cfg").Done();
        Assert.That(As("bob").Run("reset --no-wait").Done().Output, Does.Contain("web1 is booting"));
    }
}
