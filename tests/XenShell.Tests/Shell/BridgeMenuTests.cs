using System.Text;
using XenShell.Console;
using XenShell.Core;
using XenShell.Core.Guests;

namespace XenShell.Tests.Shell;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BridgeMenuTests
{
    private readonly BridgeMenu menu = new(new GateClient(new HostLayout("/nonexistent", "/usr", 0)), GuestName.Parse("web1"));

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

    private string Type(string keys) => Encoding.Latin1.GetString(menu.Sift(Encoding.Latin1.GetBytes(keys)));
}
