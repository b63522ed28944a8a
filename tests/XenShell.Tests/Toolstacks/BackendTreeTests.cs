using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>What "xenstore-ls -f" of Xen 4.17 printed in the lab.</summary>
public sealed class BackendTreeTests
{
    private const string Zero = "/local/domain/0/domid = \"0\"\n/local/domain/0/name = \"Domain-0\"\n";

    [Test]
    public void WithoutGuestsThereIsNone() => Assert.That(BackendTree.Disks(Zero), Is.Empty);

    [Test]
    public void EachDiskHasItsPathAndItsDevice() => Assert.That(
        BackendTree.Disks(
            """
            /local/domain/0/backend = ""
            /local/domain/0/backend/console/5/0/frontend-id = "5"
            /local/domain/0/backend/console/5/0/protocol = "vt100"
            /local/domain/0/backend/vbd/5/51712/dev = "xvda"
            /local/domain/0/backend/vbd/5/51712/mode = "w"
            /local/domain/0/backend/vbd/5/51712/node = "/dev/loop0"
            /local/domain/0/backend/vbd/5/51712/params = "/srv/disks/a.img"
            /local/domain/0/backend/vbd/5/51712/physical-device = "7:0"
            /local/domain/0/backend/vbd/5/51728/mode = "r"
            /local/domain/0/backend/vbd/5/51728/params = "/dev/vg0/web1"
            /local/domain/0/backend/vbd/5/51728/physical-device = "fe:1a3"
            /local/domain/0/backend/vif/5/0/mac = "00:16:3e:00:00:01"

            """ + Zero),
        Is.EqualTo(new[] { new DomainDisk(5, "/srv/disks/a.img", true, 0x700), new DomainDisk(5, "/dev/vg0/web1", false, 0x1_0FEA3) }));

    [TestCase("""aio:/srv/a.img""", "/srv/a.img")]
    [TestCase("""qcow2:/srv/a:/b.img""", "/srv/a:/b.img")]
    [TestCase("""aio:/srv/\xc3\xa9\\x41.img""", "/srv/é\\x41.img")]
    [TestCase("""/dev/disk/by-path/pci-0000:00:1f-lun:0""", "/dev/disk/by-path/pci-0000:00:1f-lun:0")]
    public void AFormatBeforeThePathAndQuotedBytesAreRead(string text, string path) => Assert.That(
        BackendTree.Disks($"/local/domain/0/backend/qdisk/7/51712/mode = \"w\"\n/local/domain/0/backend/qdisk/7/51712/params = \"{text}\"\n"),
        Is.EqualTo(new[] { new DomainDisk(7, path, true) }));

    // a drive without a disk; a node that went between two questions; a name that is none
    [TestCase("/local/domain/0/backend/qdisk/7/5632/params = \"\"")]
    [TestCase("/local/domain/0/backend/vbd/7/51712/params:")]
    [TestCase("/local/domain/0/backend/vbd/x/51712/params = \"/srv/a.img\"")]
    [TestCase("/local/domain/7/backend/vbd/8/51712/params = \"/srv/a.img\"")]
    public void WhatIsNoDiskOfTheHostsIsLeftOut(string line) => Assert.That(BackendTree.Disks(line + "\n"), Is.Empty);

    [Test]
    public void AStoreThatDoesNotAnswerIsSilence()
    {
        using var host = new Scratch();
        var store = host.Write("xenstore-ls", "#!/bin/sh\necho 'xenstore-ls: xs_open: No such file or directory' >&2\nexit 1\n");
        File.SetUnixFileMode(store, (UnixFileMode)0b111_101_101);
        Assert.That(() => new XlToolstack("/bin/true", ["/bin/true"], [store]).Disks(), Throws.TypeOf<ToolstackException>().With.Property("IsSilent").True.And.Property("Detail").Contains("xs_open"));
    }
}
