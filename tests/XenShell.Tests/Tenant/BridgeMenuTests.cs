using System.Text;
using XenShell.Core;
using XenShell.Core.Names;
using XenShell.Tenant.Client;
using XenShell.Tenant.Console;

namespace XenShell.Tests.Tenant;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BridgeMenuTests
{
    private readonly StringBuilder said = new();
    private readonly BridgeMenu menu;
    private long now = 1_000_000;

    public BridgeMenuTests() =>
        menu = new BridgeMenu(new GateClient(new HostLayout("/nonexistent", "/usr", 0)), GuestName.Parse("web1"), text => said.Append(text), () => now);

    [Test]
    public void WhatIsTypedGoesToTheGuest() => Assert.That(Type("ls -l\r\x03\x1a"), Is.EqualTo("ls -l\r\x03\x1a"));

    [Test]
    public void TwiceLeaves()
    {
        Assert.That(Type("a\x1d"), Is.EqualTo("a"));
        Assert.That(menu.IsOpen, Is.True);
        Type("\x1d");
        Assert.That(menu.WantsToLeave, Is.True);
    }

    // alone it would make the toolstack's client leave
    [Test]
    public void AnEscapeForTheGuestWaitsForTheNextKey()
    {
        Assert.That(Type("\x1d]"), Is.Empty);
        Assert.That(Type("q"), Is.EqualTo("\x1dq"));
    }

    [Test]
    public void AnyOtherKeyGoesOn()
    {
        Assert.That(Type("\x1dx"), Is.Empty);
        Assert.That(menu.IsOpen, Is.False);
        Assert.That(Type("y"), Is.EqualTo("y"));
    }

    [Test]
    public void ARebootIsAskedTwice()
    {
        Type("\x1drn");
        Assert.That((menu.IsOpen, menu.WantsToLeave), Is.EqualTo((false, false)));
    }

    // TU: type-ahead and pastes, for which no question stood there
    [TestCase("\x1dry")]
    [TestCase("\x1dr|y")]
    [TestCase("\x1dr|\ty\r")]
    [TestCase("\x1dsb")]
    [TestCase("\x1ds|b")]
    [TestCase("\x1ds|\tbb")]
    public void WhatCameBeforeItsQuestionIsNoAnswer(string keys)
    {
        Pieces(keys);
        Assert.That(said.ToString(), Does.Contain("nothing was done"));
        Assert.That(menu.IsOpen, Is.False);
    }

    // the program that it asks is not there, and says so
    [TestCase("\x1dr|\ty")]
    [TestCase("\x1ds|\tb")]
    public void WhatComesAfterIt(string keys) => Assert.That(() => Pieces(keys), Throws.InstanceOf<IOException>());

    // TU: Ctrl-] in what is pasted, by terminals that mark it
    [TestCase("\x1b[200~a\u001db\x1d\x1drc\x1b[201~", "\x1b[200~abrc\x1b[201~")]
    [TestCase("\x1b[20|0~a\x1dry|\x1d\x1d", "\x1b[200~ary")]
    [TestCase("\x1b|[200~\x1d", "\x1b[200~")]
    [TestCase("\x1b[200~a\x1b[20|1~b", "\x1b[200~a\x1b[201~b")]
    [TestCase("\x1b[200~\x1b[201~\x1dx", "\x1b[200~\x1b[201~")]
    [TestCase("\x1b[201~\x1dx", "\x1b[201~")]
    public void APasteIsForTheGuest(string keys, string passed)
    {
        Assert.That(Pieces(keys), Is.EqualTo(passed));
        Assert.That(menu.WantsToLeave, Is.False);
    }

    [Test]
    public void APasteWithoutItsEndMarkEndsWithItsBurst()
    {
        Type("\x1b[200~abc");
        now += 600;
        Type("\x1d");
        Assert.That(menu.IsOpen, Is.True);
        Type("\x1d");
        Assert.That(menu.WantsToLeave, Is.True);
    }

    // TU: a terminal's answer, a function key or a paste while the menu is open
    [TestCase("\x1d|\x1b[?1;2c", "\x1b[?1;2c")]
    [TestCase("\x1dr|\t\x1b[200~y\x1b[201~", "\x1b[200~y\x1b[201~")]
    [TestCase("\x1ds|\t\x1b|Ob", "\x1bOb")]
    public void AnEscapeSequenceClosesTheMenuAndGoesOn(string keys, string passed)
    {
        Assert.That(Pieces(keys), Is.EqualTo(passed));
        Assert.That(menu.IsOpen, Is.False);
    }

    /// <summary>'|' parts what comes in one read, a tab is a second that goes by.</summary>
    private string Pieces(string keys) => string.Concat(keys.Split('|').Select(piece =>
    {
        now += piece.StartsWith('\t') ? 1000 : 80;
        return Type(piece.TrimStart('\t'));
    }));

    private string Type(string keys) => Encoding.Latin1.GetString(menu.Sift(Encoding.Latin1.GetBytes(keys)));
}
