using XenShell.Core.Configuration;
using XenShell.Gate;

namespace XenShell.Tests.Gate;

public sealed class PolicyStampTests
{
    private Scratch host = null!;
    private Settings settings = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        host.Guest("web1", "xen_shell = 'bob'");
        host.Write("etc/xen-shell/xen-shell.conf", "banner = x\n");
        host.Write("elsewhere.cfg", "name = 'web2'\n");
        File.CreateSymbolicLink(host.At("etc/xen/auto/web2"), host.At("elsewhere.cfg"));
        settings = SettingsReader.Read(host.Layout);
    }

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void NothingChangedIsTheSameStamp() => Assert.That(Take().Equals(Take()));

    [TestCase("grant", Description = "of the same length")]
    [TestCase("new")]
    [TestCase("removed")]
    [TestCase("grants.d")]
    [TestCase("conf")]
    [TestCase("mode of the folder")]
    [TestCase("mode of the file")]
    [TestCase("behind a link")]
    [TestCase("link")]
    public void EveryChangeIsAnotherStamp(string change)
    {
        var before = Take();
        Change(change);
        Assert.That(Take().Equals(before), Is.False);
    }

    private void Change(string change)
    {
        switch (change)
        {
            case "grant":
                host.Guest("web1", "xen_shell = 'ann'");
                break;
            case "new":
                host.Guest("web3");
                break;
            case "removed":
                File.Delete(host.At("etc/xen/web1.cfg"));
                break;
            case "grants.d":
                host.Write("etc/xen-shell/grants.d/web1.conf", "ann\n");
                break;
            case "conf":
                host.Write("etc/xen-shell/xen-shell.conf", "banner = y\n");
                break;
            case "mode of the folder":
                File.SetUnixFileMode(host.At("etc"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
                break;
            case "mode of the file":
                File.SetUnixFileMode(host.At("etc/xen/web1.cfg"), UnixFileMode.UserRead | UnixFileMode.OtherWrite);
                break;
            case "behind a link":
                host.Write("elsewhere.cfg", "name = 'web9'\n");
                break;
            default:
                File.Delete(host.At("etc/xen/auto/web2"));
                File.CreateSymbolicLink(host.At("etc/xen/auto/web2"), host.At("etc/xen/web1.cfg"));
                break;
        }
    }

    private PolicyStamp Take() => PolicyStamp.Take(host.Layout, settings);
}
