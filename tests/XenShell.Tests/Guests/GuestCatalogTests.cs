using XenShell.Core.Configuration;
using XenShell.Core.Guests;

namespace XenShell.Tests.Guests;

/// <summary>CA: odd configurations; each file fails by itself, closed, and the others keep working.</summary>
public sealed class GuestCatalogTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void AGuestIsReadWithItsGrants()
    {
        host.Guest("web1", "xen_shell = 'bob, alice:operator'\nmemory = 96\nvif = [ 'mac=00:16:3e:00:00:01,ip=192.0.2.7,bridge=br0' ]");
        host.Write("etc/xen-shell/grants.d/web1.conf", "# the night shift\n%noc:viewer\n");
        var guest = Read().Guests.Single();

        Assert.That(guest.Grants.Select(grant => $"{grant.Grantee}:{grant.Role}"), Is.EqualTo(new[] { "bob:Owner", "alice:Operator", "%noc:Viewer" }));
        Assert.That(guest.Memory, Is.EqualTo(96));
        Assert.That(guest.Addresses, Is.EqualTo(new[] { "192.0.2.7" }));
        Assert.That(guest.Grants[0].Source, Does.EndWith("web1.cfg:2"));
    }

    [TestCase("name = 'a b'\n")]
    [TestCase("name = [ 'a' ]\n")]
    [TestCase("memory = 5\n")]
    [TestCase("name = 'bad'\nxen_shell = 'bob:king'\n")]
    [TestCase("name = 'bad'\nxen_shell = 'bob, -x'\n")]
    [TestCase("name = 'bad'\nxen_shell = [ 'bob' ]\n")]
    [TestCase("name = 'bad'\nxen_shell_blacklist = 'shutdwon'\n")]
    [TestCase("name = 'bad'\nxen_shell = 'bob eve'\n")]
    [TestCase("import os\nname = 'bad'\n")]
    [TestCase("name = 'bad'\r\n")]
    [TestCase("\ufeffname = 'bad'\n")]
    public void ABadFileIsNoGuestAndOthersWork(string text)
    {
        host.Guest("web1");
        host.Write("etc/xen/zz.cfg", text);
        var catalog = Read();

        Assert.That(catalog.Guests.Select(guest => guest.Name.Text), Is.EqualTo(new[] { "web1" }));
        Assert.That(catalog.Problems.Single().ToString(), Does.Contain("zz.cfg"));
    }

    [Test]
    public void TheSameNameTwiceIsNobodys()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        host.Write("etc/xen/copy.cfg", "name = 'web1'\nxen_shell = 'mallory'\n");
        host.Write("etc/xen/third.cfg", "name = 'web1'\n");
        Assert.That(Read().Guests, Is.Empty);
    }

    // CA: people read them as one name, and so do file systems and mail
    [Test]
    public void NamesThatDifferOnlyInCaseAreNobodys()
    {
        host.Guest("Shop", "xen_shell = 'bob'");
        host.Write("etc/xen/zz.cfg", "name = 'shop'\nxen_shell = 'mallory'\n");
        Assert.That(Read().Guests, Is.Empty);
        Assert.That(Read().Problems.Single().ToString(), Does.Contain("zz.cfg").And.Contains("Shop.cfg"));
    }

    // CA: what a former version granted; a package manager or an editor left it
    [TestCase("web1.dpkg-old")]
    [TestCase("web1.cfg.dpkg-dist")]
    [TestCase("web1.bak")]
    [TestCase("web1.orig")]
    [TestCase("web1.rpmsave")]
    [TestCase("web1.swap")]
    [TestCase("web1~")]
    [TestCase("#web1#")]
    public void ABackUpFileGrantsNothing(string name)
    {
        host.Write($"etc/xen/auto/{name}", "name = 'web1'\nxen_shell = 'mallory'\n");
        Assert.That(Read().Guests, Is.Empty);
        host.Guest("web1", "xen_shell = 'bob'");
        Assert.That(Read().Guests.Single().Grants.Single().Grantee.Name, Is.EqualTo("bob"), "nor is it a twin");
    }

    // xl warns of these lines, takes its default and starts the guest
    [TestCase("memory = '512M'")]
    [TestCase("vcpus = [ 2 ]")]
    [TestCase("vif = 'bridge=br0,ip=192.0.2.77'")]
    public void WhatXlOnlyWarnsOfTakesNobodysGuestAway(string line)
    {
        host.Guest("unit1", $"xen_shell = 'bob'\n{line}");
        var guest = Read().Guests.Single();
        Assert.That((guest.Memory, guest.Vcpus, guest.Addresses.Count), Is.EqualTo(((long?)null, (long?)null, 0)));
        Assert.That(Read().Problems.Single().Reason, Does.Contain("unit1.cfg:3"));
    }

    [Test]
    public void OneFileUnderTwoNamesCountsOnce()
    {
        host.Guest("web1");
        File.CreateSymbolicLink(host.At("etc/xen/auto/web1"), "../web1.cfg");
        Assert.That(Read().Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void AFileThatOthersCanWriteIsNoGuest()
    {
        File.SetUnixFileMode(host.Guest("web1"), (UnixFileMode)0b110_110_100);
        Assert.That(Read().Guests, Is.Empty);
    }

    // a link that leads nowhere is not "no such folder": the guests there may be twins of others
    [Test]
    public void AFolderOrGrantsFileThatLeadsNowhereIsAProblem()
    {
        host.Guest("web1");
        Directory.Delete(host.At("etc/xen/auto"));
        Assert.That(Read().Problems, Is.Empty, "without auto");

        File.CreateSymbolicLink(host.At("etc/xen/auto"), "none");
        File.CreateSymbolicLink(host.At("etc/xen-shell/grants.d/web1.conf"), "none");
        Assert.That(Read().Problems.Select(problem => problem.ToString()), Has.Some.Contains("auto").And.Some.Contains("web1.conf"));
    }

    // in "xl create" an argument with '=' is configuration text
    [Test]
    public void APathThatAToolstackCouldMisreadIsRefused()
    {
        host.Write("etc/xen/a=b.cfg", "name = 'x1'\n");
        Assert.That(Read().Problems.Single().Reason, Does.Contain("misread"));
    }

    [Test]
    public void AHugeFileIsNotRead()
    {
        host.Write("etc/xen/huge.cfg", "name = 'huge'\n" + new string('#', 300_000) + "\n");
        Assert.That(Read().Guests, Is.Empty);
    }

    // SK: one file of grants for a team, linked to by the guests that are its
    [TestCase("../teams/acme.conf")]
    [TestCase("../teams/all")]
    [TestCase("acme.conf.old")]
    public void ALinkInTheGrantsGrantsTheGuestThatItIsNamedFor(string target)
    {
        host.Guest("web1");
        host.Guest("acme");
        Directory.CreateDirectory(host.At("etc/xen-shell/teams"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        host.Write($"etc/xen-shell/grants.d/{target}", "alice:owner\n");
        File.CreateSymbolicLink(host.At("etc/xen-shell/grants.d/web1.conf"), target);
        var catalog = Read();
        Assert.That(catalog.Guests.Where(guest => guest.Grants.Count > 0).Select(guest => guest.Name.Text), Is.EqualTo(new[] { "web1" }));
        Assert.That(catalog.Problems, Is.Empty);
    }

    // SK: a second name of the file, which sorts first and which no toolstack can be given
    [Test]
    public void ABadNameOfAFileDoesNotTakeItsGoodOneAway()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        using var link = System.Diagnostics.Process.Start("ln", [host.At("etc/xen/web1.cfg"), host.At("etc/xen/a b.cfg")]);
        link.WaitForExit();
        Assert.That(Read().Guests.Select(guest => guest.Name.Text), Is.EqualTo(new[] { "web1" }));
    }

    [Test]
    public void ABadGrantsFileGrantsNothing()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        host.Write("etc/xen-shell/grants.d/web1.conf", "alice:owner\nmallory owner\n");
        var catalog = Read();
        Assert.That(catalog.Guests.Single().Grants.Select(grant => grant.Grantee.Name), Is.EqualTo(new[] { "bob" }));
        Assert.That(catalog.Problems.Single().Reason, Does.Contain("web1.conf:2"));
    }

    private GuestCatalog Read() => GuestCatalog.Read(host.Layout, SettingsReader.Read(host.Layout));
}
