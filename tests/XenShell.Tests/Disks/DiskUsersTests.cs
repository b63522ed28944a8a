using XenShell.Core.Configuration;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Names;
using XenShell.Core.Toolstacks;
using XenShell.Tests.Toolstacks;

namespace XenShell.Tests.Disks;

/// <summary>Before a disk is removed for good: who would miss it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DiskUsersTests : IDisposable
{
    private readonly Scratch host = new();
    private readonly ToolstackInMemory toolstack = new();

    public void Dispose() => host.Dispose();

    [Test]
    public void ADiskThatNobodyNamesIsNobodys()
    {
        host.Guest("web1", $"disk = [ 'file:{host.Write("web1.img", "x")},xvda,w' ]");
        Assert.That(UserOf("web1.img.xs-old-abc234"), Is.Null);
    }

    // CA: root has the guest boot from its old disk for a while, by its file, under another name, or by hand
    [Test]
    public void WhoeverBootsFromItWouldMissIt([Values("file", "link", "refused file", "twin", "running", "claim")] string how)
    {
        var old = host.Write("web1.img.xs-old-abc234", "x");
        switch (how)
        {
            case "file":
                host.Guest("db1", $"disk = [ 'file:{old},xvda,r' ]");
                break;
            case "link":
                File.CreateSymbolicLink(host.At("old.img"), old);
                host.Guest("db1", $"disk = [ 'file:{host.At("old.img")},xvda,w' ]");
                break;
            case "refused file":
                host.Guest("db1", $"disk = [ 'file:{old},xvda,w' ");
                break;
            case "twin":
                host.Guest("db1");
                File.Move(host.At("etc/xen/db1.cfg"), host.At("etc/xen/other.cfg"));
                host.Guest("db1", $"disk = [ 'file:{old},xvda,w' ]");
                break;
            case "running":
                toolstack.Shown.Add(new DomainDisk(7, old, IsWritable: true));
                break;
            default:
                var status = XenShell.Core.Native.FileSystem.TryStatus(old)!.Value;
                using (DiskClaim.Take(host.Layout, GuestName.Parse("web1"), [new HeldDisk(DiskIdentity.OfFile(status.Device, status.Inode), IsWritable: true, "web1")], out _))
                {
                    Assert.That(UserOf("web1.img.xs-old-abc234"), Is.EqualTo("web1"));
                }

                return;
        }

        Assert.That(UserOf("web1.img.xs-old-abc234"), Is.Not.Null);
    }

    [Test]
    public void WhileTheToolstackIsSilentNobodyKnows()
    {
        var old = host.Write("old", "x");
        var silent = new SilentToolstack();
        Assert.That(() => new DiskUsers(host.Layout, GuestCatalog.Read(host.Layout, Settings), silent).Of(old), Throws.InstanceOf<IOException>());
    }

    private Settings Settings => SettingsReader.Read(host.Layout);

    private string? UserOf(string file) => new DiskUsers(host.Layout, GuestCatalog.Read(host.Layout, Settings), toolstack).Of(host.At(file));

    private sealed class SilentToolstack : ToolstackInMemory
    {
        public override IReadOnlyList<DomainDisk> Disks() => throw new ToolstackException("the toolstack did not answer", "", isSilent: true);
    }
}
