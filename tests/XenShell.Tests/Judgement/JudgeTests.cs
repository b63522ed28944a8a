using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using XenShell.Core.Guests;
using XenShell.Core.Judgement;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Judgement;

public sealed class JudgeTests
{
    private static readonly Account Bob = new("bob", 2000, 2000, "/home/bob");
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    [TestCase("viewer", "list status info log uptime")]
    [TestCase("operator", "list status info log uptime boot shutdown poweroff reboot reset pause unpause sysreq console")]
    [TestCase("owner", "list status info log images reimage jobs uptime boot shutdown poweroff reboot reset pause unpause sysreq console")]
    public void ARoleOpensWhatTheTableSays(string role, string commands)
    {
        host.Guest("web1", $"xen_shell = 'bob:{role}'");
        Assert.That(Permitted(""), Is.EquivalentTo(commands.Split(' ')));
    }

    [TestCase(Role.Viewer, Rights.View)]
    [TestCase(Role.Operator, Rights.View | Rights.Power | Rights.Console)]
    [TestCase(Role.Owner, Rights.View | Rights.Power | Rights.Console | Rights.Rdns | Rights.Reimage)]
    [TestCase(Role.Support, Rights.View | Rights.Power | Rights.Console | Rights.Reimage)]
    public void TheTableOfRights(Role role, Rights rights) => Assert.That(RoleRights.Of(role), Is.EqualTo(rights));

    [Test]
    public void GrantsAddUp()
    {
        host.Guest("web1", "xen_shell = 'bob:viewer, %noc:operator'");
        Assert.That(Permitted("", "noc"), Does.Contain("boot"));
        Assert.That(Permitted(""), Does.Not.Contain("boot"));
    }

    [Test]
    public void NoGrantIsNothing()
    {
        host.Guest("web1", "xen_shell = 'alice'");
        Assert.That(Permitted(""), Is.Empty);
    }

    [Test]
    public void CaseMatters()
    {
        host.Guest("web1", "xen_shell = 'Bob'");
        Assert.That(Permitted(""), Is.Empty);
    }

    [TestCase("", true)]
    [TestCase("name_grants = no", false)]
    public void AGuestNamedLikeTheLoginIsItsOwn(string settings, bool isOwn)
    {
        host.Guest("bob");
        Assert.That(Permitted(settings, guest: "bob").Count > 0, Is.EqualTo(isOwn));
    }

    [Test]
    public void SupportIsOnEveryGuest()
    {
        host.Guest("web1", "xen_shell = 'alice'");
        Assert.That(Permitted("support = %noc", "noc"), Does.Contain("boot"));
        Assert.That(Permitted("support = bob"), Does.Contain("boot"));
        Assert.That(Permitted("support = %noc"), Is.Empty);
    }

    // 1.9's hole: the per-guest blacklist was skipped on some paths, and for other spellings
    [TestCase("blacklist = serial, uptime", "", "console uptime")]
    [TestCase("", "xen_shell_blacklist = 'poweroff, RESET'", "poweroff reset")]
    public void ABlacklistTakesTheCommandAway(string settings, string line, string gone)
    {
        host.Guest("web1", "xen_shell = 'bob'\n" + line);
        Assert.That(Permitted(settings), Is.Not.Empty.And.Not.SupersetOf(gone.Split(' ')));
        foreach (var command in gone.Split(' '))
        {
            Assert.That(Permitted(settings), Does.Not.Contain(command));
        }

        Assert.That(Permitted(settings + "\nsupport = bob"), Is.SupersetOf(gone.Split(' ')), "staff keep it");
    }

    // TU: poweroff taken away, and the power cut by shutdown --force --timeout=1
    [TestCase("poweroff", "shutdown web1 --force")]
    [TestCase("poweroff", "shutdown web1 --force --timeout=1")]
    [TestCase("poweroff", "reset web1")]
    [TestCase("poweroff", "sysreq web1 o")]
    [TestCase("poweroff", "sysreq web1 c")]
    [TestCase("boot", "reset web1")]
    [TestCase("reset", "sysreq web1 b")]
    [TestCase("reset", "sysreq web1 B")]
    [TestCase("console", "boot web1 --console")]
    [TestCase("log", "console web1 --watch")]
    [TestCase("log", "console --watch web1")]
    public void WhatABlacklistTakesAwayIsNotDoneByAnotherCommand(string taken, string line)
    {
        host.Guest("web1", "xen_shell = 'bob'");
        var request = CommandLine.Parse(CommandLine.Split(line));
        Assert.That(Decide("", request), Is.True);
        Assert.That(Decide($"blacklist = {taken}", request), Is.False);
        Assert.That(Decide($"blacklist = {taken}\nsupport = bob", request), Is.True, "staff keep it");
    }

    [TestCase("poweroff", "shutdown web1")]
    [TestCase("poweroff", "reboot web1")]
    [TestCase("poweroff", "sysreq web1 s")]
    [TestCase("console", "boot web1")]
    [TestCase("log", "console web1")]
    public void WhatDoesNotDoItStaysOpen(string taken, string line)
    {
        host.Guest("web1", "xen_shell = 'bob'");
        Assert.That(Decide($"blacklist = {taken}", CommandLine.Parse(CommandLine.Split(line))), Is.True);
    }

    private bool Decide(string settingsText, Invocation request)
    {
        var settings = Read(settingsText);
        return new Judge(settings, (_, _) => false).Decide(Bob, request, request.Guest!, GuestCatalog.Read(host.Layout, settings)).Permitted;
    }

    [Test]
    public void ABlacklistedGuestIsLeftOutOfTheQueryForAll()
    {
        host.Guest("web1", "xen_shell = 'bob'\nxen_shell_blacklist = 'status'");
        host.Guest("web2", "xen_shell = 'bob'");
        var settings = Read("");
        var open = new Judge(settings, (_, _) => false).Open(Bob, CommandTable.Product.Find("status")!, GuestCatalog.Read(host.Layout, settings));
        Assert.That(open.Select(standing => standing.Guest.Name.Text), Is.EqualTo(new[] { "web2" }));
    }

    private List<string> Permitted(string settingsText, string group = "", string guest = "web1")
    {
        var settings = Read(settingsText);
        var catalog = GuestCatalog.Read(host.Layout, settings);
        var judge = new Judge(settings, (_, name) => name == group);
        return [.. CommandTable.Product.ForPeople
            .Where(command => command.Right != Rights.None && judge.Decide(Bob, command, GuestName.Parse(guest), catalog).Permitted)
            .Select(command => command.Name)];
    }

    private Settings Read(string text) => SettingsReader.Parse(Encoding.UTF8.GetBytes(text), host.Layout);
}
