using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

public sealed class XlLongListTests
{
    [Test]
    public void EachDiskOfEachDomainIsThere() => Assert.That(
        XlLongList.Disks("""
            [
                { "domid": 0, "config": { "c_info": { "type": "pv", "name": "Domain-0" }, "b_info": { } } },
                { "domid": 3, "config": { "c_info": { "name": "web1" }, "disks": [
                    { "pdev_path": "/dev/vg0/web1-disk", "vdev": "xvda2", "format": "raw", "readwrite": 1 },
                    { "pdev_path": "/srv/cd.iso", "vdev": "xvdc", "format": "raw", "is_cdrom": 1 },
                    { "vdev": "xvdd", "is_cdrom": 1 }
                ] } }
            ]

            """),
        Is.EqualTo(new[] { new DomainDisk(3, "/dev/vg0/web1-disk", true), new DomainDisk(3, "/srv/cd.iso", false) }));

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[ { \"domid\": 3, \"config\": { \"disks\": [ {")]
    public void WhatIsNoSuchDocumentIsNoAnswer(string text) => Assert.That(() => XlLongList.Disks(text), Throws.TypeOf<ToolstackException>());

    [Test]
    public void XendsListHasThemToo() => Assert.That(
        XmToolstack.ParseDisks("""
            (domain
                (domid 3)
                (name web1)
                (device (vif (bridge xenbr0) (mac 00:16:3e:00:00:01)))
                (device (vbd (uname phy:/dev/vg0/web1-disk) (driver paravirtualised) (mode w) (dev xvda2:disk)))
                (device (vbd (uname phy:vg0/web1-swap) (mode w) (dev xvda1:disk)))
                (device (tap (uname tap:aio:/srv/cd.iso) (mode r) (dev hdc:cdrom)))
                (device (vbd (uname phy:/dev/disk/by-path/pci-0000:00:1f-lun:0) (mode w) (dev xvdb)))
            )
            (domain (name off) (device (vbd (uname file:/srv/off.img) (mode w))))
            """),
        Is.EqualTo(new[] { new DomainDisk(3, "/dev/vg0/web1-disk", true), new DomainDisk(3, "/dev/vg0/web1-swap", true), new DomainDisk(3, "/srv/cd.iso", false), new DomainDisk(3, "/dev/disk/by-path/pci-0000:00:1f-lun:0", true) }));
}
