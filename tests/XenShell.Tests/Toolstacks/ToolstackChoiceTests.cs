using XenShell.Core.Configuration;
using XenShell.Core.Domains;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>A Xen that was built by hand stands below a prefix of its own.</summary>
public sealed class ToolstackChoiceTests
{
    private const UnixFileMode Program = (UnixFileMode)0b111_101_101;

    private Scratch host = null!;

    [SetUp]
    public void Setup()
    {
        host = new Scratch();
        foreach (var folder in new[] { "opt", "opt/sbin", "opt/bin" })
        {
            Directory.CreateDirectory(host.At(folder), Program);
        }

        Put("opt/sbin/xl", "#!/bin/sh\n");
    }

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void ItsStoreIsAskedByTheProgramBesideIt()
    {
        Put("opt/bin/xenstore-ls", "#!/bin/sh\n[ ${2##*/} != vbd ] || echo '/local/domain/0/backend/vbd/3/51712/params = \"/srv/a.img\"'\n");
        Assert.That(Choose("opt/sbin/xl").Disks(), Is.EqualTo(new[] { new DomainDisk(3, "/srv/a.img", true) }));
    }

    [Test]
    public void AMissingOneIsToldWhenItIsNeeded()
    {
        var toolstack = Choose("opt/sbin/xl");
        Assert.That(toolstack.Disks, Throws.TypeOf<ToolstackException>().With.Property("Detail").Contains(host.At("opt/bin/xenstore-ls")));
    }

    [Test]
    public void OneThatOthersCanChangeIsNotRun()
    {
        File.SetUnixFileMode(Put("opt/bin/xenstore-ls", "#!/bin/sh\n"), Program | UnixFileMode.GroupWrite);
        Assert.That(() => Choose("opt/sbin/xl"), Throws.TypeOf<ToolstackException>().With.Property("Detail").Contains("xenstore-ls"));
    }

    [Test]
    public void AProgramInItsPlaceAnswersForBoth()
    {
        Put("opt/sbin/xl-sim", "#!/bin/sh\n[ \"$1 ${3##*/}\" != 'xenstore-ls vbd' ] || echo '/local/domain/0/backend/vbd/3/51712/params = \"/srv/a.img\"'\n");
        Assert.That(Choose("opt/sbin/xl-sim").Disks(), Has.Count.EqualTo(1));
    }

    private string Put(string path, string text)
    {
        var file = host.Write(path, text);
        File.SetUnixFileMode(file, Program);
        return file;
    }

    private ToolstackProgram Choose(string path) =>
        ToolstackChoice.Choose(new Settings { Patterns = [], ToolstackPath = host.At(path) }, host.Layout.TrustedTree);
}
