using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>What "xenstore-ls -f" of Xen 4.17 printed in the lab.</summary>
public sealed class BackendTreeTests
{
    private Scratch host = null!;

    [SetUp]
    public void Setup() => host = new Scratch();

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void EachDiskHasItsPathAndItsDevice() => Assert.That(
        BackendTree.Disks(
            """
            /local/domain/0/backend/vbd = ""
            /local/domain/0/backend/vbd/5 = ""
            /local/domain/0/backend/vbd/5/51712 = ""
            /local/domain/0/backend/vbd/5/51712/dev = "xvda"
            /local/domain/0/backend/vbd/5/51712/mode = "w"
            /local/domain/0/backend/vbd/5/51712/node = "/dev/loop0"
            /local/domain/0/backend/vbd/5/51712/params = "/srv/disks/a.img"
            /local/domain/0/backend/vbd/5/51712/physical-device = "7:0"
            /local/domain/0/backend/vbd/5/51728/mode = "r"
            /local/domain/0/backend/vbd/5/51728/params = "/dev/vg0/web1"
            /local/domain/0/backend/vbd/5/51728/physical-device = "fe:1a3"

            """),
        Is.EqualTo(new[] { new DomainDisk(5, "/srv/disks/a.img", true, 0x700), new DomainDisk(5, "/dev/vg0/web1", false, 0x1_0FEA3) }));

    [TestCase("aio:rbd:pool/web", "rbd:pool/web")]
    [TestCase("qcow2:web.img", "web.img")]
    [TestCase("""aio:/srv/a.img""", "/srv/a.img")]
    [TestCase("""qcow2:/srv/a:/b.img""", "/srv/a:/b.img")]
    [TestCase("""aio:/srv/\xc3\xa9\\x41.img""", "/srv/\u00c3\u00a9\\x41.img")]
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
    public void EachKindIsAskedForAndOneThatNobodyHasIsNone() => Assert.That(
        Store("""
            case $2 in
            */vbd | */qdisk) echo "$2/3/51712/params = \"/srv/${2##*/}.img\"" ;;
            *) echo "xenstore-ls: xs_directory ($2): No such file or directory" >&2; exit 1 ;;
            esac
            """).Disks(),
        Is.EqualTo(new[] { new DomainDisk(3, "/srv/vbd.img", true), new DomainDisk(3, "/srv/qdisk.img", true) }));

    [TestCase("xenstore-ls: xs_open: No such file or directory")]
    [TestCase("xenstore-ls: xs_directory (/local/domain/0/backend/vbd): Permission denied")]
    public void AStoreThatDoesNotAnswerIsSilence(string complaint) => Assert.That(
        Store($"echo '{complaint}' >&2; exit 1").Disks,
        Throws.TypeOf<ToolstackException>().With.Property("IsSilent").True.And.Property("Detail").Contains(complaint));

    // what is cut off would pass for free
    [Test]
    public void AnAnswerThatIsTooLongIsNone() => Assert.That(
        Store("yes '/local/domain/0/backend/vbd/3/51712/params = \"/srv/a.img\"' | head -c 20000000").Disks,
        Throws.TypeOf<ToolstackException>().With.Property("IsSilent").True);

    private XlToolstack Store(string script)
    {
        var store = host.Write("xenstore-ls", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(store, (UnixFileMode)0b111_101_101);
        return new XlToolstack("/bin/true", ["/bin/true"], [store]);
    }
}
