using XenShell.Core.Commands;
using XenShell.Core.Reports;
using XenShell.Screen.Actions;

namespace XenShell.Tests.Screen;

public sealed class OpenCommandsTests
{
    [TestCase("owner", "off", "info boot log")]
    [TestCase("owner", "paused", "info poweroff reset unpause console log")]
    [TestCase("operator", "running", "info shutdown poweroff reboot reset pause sysreq console log")]
    [TestCase("viewer", "running", "info log")]
    [TestCase("viewer", "off", "info log")]
    [TestCase("nobody", "running", "")]
    public void OnlyWhatRoleAndStateAllowIsOffered(string role, string state, string offered) =>
        Assert.That(string.Join(' ', OpenCommands.For(Guest(role, state), CommandTable.Product).Select(command => command.Name)), Is.EqualTo(offered));

    [Test]
    public void WhatABlacklistClosesIsNotOffered()
    {
        var guest = Guest("owner", "off") with { Closed = ["boot"] };
        Assert.That(OpenCommands.For(guest, CommandTable.Product).Select(command => command.Name), Has.None.EqualTo("boot"));
        Assert.That(OpenCommands.WhyNot(CommandTable.Product.Find("boot")!, guest), Is.EqualTo("boot is not open to you as web1's owner"));
    }

    // the host's Xen may be slow to answer; the gate decides anyway
    [Test]
    public void AStateThatIsNotKnownClosesNothing() =>
        Assert.That(OpenCommands.For(Guest("owner", "unknown"), CommandTable.Product).Select(command => command.Name), Has.Some.EqualTo("boot").And.Some.EqualTo("shutdown"));

    [Test]
    public void EveryKeyIsAnotherOneAndNoneIsAPagesOwn()
    {
        var keys = CommandTable.Product.ForPeople.Where(command => command.ScreenKey is not null).Select(command => command.ScreenKey!.Value).ToList();
        Assert.That(keys, Is.Unique);
        Assert.That(keys.Intersect("q:/?mofn"), Is.Empty);
    }

    [Test]
    public void WhatCutsThePowerIsACapital() =>
        Assert.That(CommandTable.Product.ForPeople.Where(command => command.Includes.Append(command.Name).Contains("poweroff") && command.ScreenKey is not null).Select(command => command.ScreenKey!.Value), Is.All.InRange('A', 'Z'));

    private static WatchedGuest Guest(string role, string state) => new(new GuestReport("web1", state, role));
}
