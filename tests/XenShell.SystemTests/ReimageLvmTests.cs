using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>A guest on logical volumes, root and swap, in a group whose free room is full of what another guest once wrote.</summary>
[OnLab]
public sealed class ReimageLvmTests(HostKind kind) : ReimageTest(kind)
{
    private const string Former = "FORMER TENANT";

    // A dash in a name is two in /dev/mapper.
    private const string Group = "xs-lab", Root = $"/dev/{Group}/web1-disk", Swap = $"/dev/{Group}/web1-swap";

    [SetUp]
    public void GivenVolumes()
    {
        GivenDisk("web1", $"phy:{Root},xvda2,w', 'phy:/dev/mapper/xs--lab-web1--swap,xvda1,w");
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy web1; vgremove -ff -y {Group}; losetup -d $(readlink /dev/xs-group); rm -f /dev/xs-group /srv/group.img")));
        Host.RootShell($"""
            set -e
            truncate -s 96M /srv/group.img
            loop=$(losetup --find --show /srv/group.img)
            ln -sfn $loop /dev/xs-group
            vgcreate -q --physicalextentsize 4M {Group} $loop
            lvcreate -q -y -n former -l 100%FREE {Group}
            yes '{Former}' | dd of=/dev/{Group}/former bs=1M iflag=fullblock oflag=direct status=none 2>/dev/null || :
            lvremove -q -f {Group}/former
            lvcreate -q -y -Wy -Zy -n web1-disk -L 16M {Group}
            lvcreate -q -y -Wy -Zy -n web1-swap -L 8M {Group}
            rm -rf /srv/old && mkdir /srv/old && cp -a /srv/tree/. /srv/old && echo 'The old system' >/srv/old/etc/issue
            mke2fs -q -F -d /srv/old {Root}
            """).Done();
    }

    // TU 1.7: what was deleted before is not the next one's to read
    [Test]
    public void TheNewSystemIsClearAndTheOldOneComesBack()
    {
        As("bob").Run("boot web1 --no-wait").Done();
        var job = Ordered("tiny", "--shutdown");
        ExpectJob(job, "done", seconds: 60);
        Assert.That(Volumes(), Is.EqualTo($"web1-disk web1-disk.xs-old-{job} web1-swap web1-swap.xs-old-{job}"));
        Assert.That(Issue(), Does.StartWith("A new system"));
        Assert.That(Host.RootShell($"grep -c '{Former}' {Root} {Swap}").Output, Is.EqualTo($"{Root}:0\n{Swap}:0\n"));
        Assert.That(Host.RootShell($"blkid -o value -s TYPE {Swap}").Output, Is.EqualTo("swap\n"));
        ExpectState("web1", "running");

        As("bob").Run("reimage --undo web1 --confirm web1 --shutdown").Done();
        Assert.That(Issue(), Does.StartWith("The old system"));
        ExpectState("web1", "running");

        // an earlier system goes when its time is up, and not while somebody has it open
        Host.RootShell($"sed -i 's/\"kept_until\":[0-9]*/\"kept_until\":1/' /var/lib/xen-shell/jobs/*.json; mkdir -p /srv/held; mount -o ro,noload {Aside("disk")} /srv/held").Done();
        Ending(new AtEnd(() => Host.RootShell("umount /srv/held")));
        Assert.That(Host.Root("xen-shell-admin", "reap").Error, Does.Contain("/srv/held"));
        Assert.That(Volumes(), Does.StartWith("web1-disk web1-disk.xs-"));
        Host.RootShell("umount /srv/held").Done();
        Host.Root("xen-shell-admin", "reap").Done();
        Assert.That(Volumes(), Is.EqualTo("web1-disk web1-swap"));
        Assert.That(Issue(), Does.StartWith("The old system"));
    }

    [Test]
    public void WhatCannotBeReplacedIsSaidBeforeAnythingIsBuilt()
    {
        Host.Root("lvcreate", "-q", "-y", "-s", "-n", "copy", "-L", "4M", $"{Group}/web1-disk").Done();
        Assert.That(Refused(), Does.Contain("its volume has snapshots"));
        Host.Root("lvremove", "-q", "-f", $"{Group}/copy").Done();
        Host.Root("lvcreate", "-q", "-y", "-n", "other", "-l", "90%FREE", Group).Done();
        Assert.That(Refused(), Does.Contain("no room"));
        Assert.That(Volumes(), Is.EqualTo("other web1-disk web1-swap"));
    }

    [Test]
    public void AKilledWorkerLeavesNoVolume()
    {
        var job = Ordered("slow");
        Wait.Until("the program runs", Seconds(60), () => Volumes().Contains($"web1-swap.xs-new-{job}", StringComparison.Ordinal) && Job(job).GetProperty("phase").GetString() == "waiting");
        Host.RootShell($"systemctl kill -s KILL xen-shell-job-{job}").Done();
        ExpectJob(job, "interrupted");
        As("bob").Run("boot web1 --no-wait").Done();
        Assert.That(Volumes(), Is.EqualTo("web1-disk web1-swap"));
    }

    private string Refused() => As("bob").Run("reimage web1 tiny --confirm web1").Refused(ExitCode.Failed);

    private string Volumes() => string.Join(' ', Host.RootShell($"lvs --noheadings -o lv_name {Group}").Done().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private string Aside(string what) => Host.RootShell($"ls /dev/{Group}/web1-{what}.xs-*").Done().Output.TrimEnd('\n');

    private string Issue() => Host.RootShell($"debugfs -R 'cat /etc/issue' {Root} 2>/dev/null").Output;
}
