using XenShell.Core.Reports;
using XenShell.Screen.Feed;

namespace XenShell.Tests.Screen;

public sealed class GuestListTests
{
    private readonly WatchedGuests guests = new();
    private readonly GuestList list;

    public GuestListTests() => list = new GuestList(guests);

    [SetUp]
    public void AllIsShown()
    {
        list.FilterBy("");
        while (list.Order != GuestOrder.Name)
        {
            list.NextOrder();
        }

        Given(Guest("a"), Guest("b"), Guest("c"));
        list.Move(-10);
    }

    [Test]
    public void TheSelectionGoesWithItsGuest()
    {
        list.Move(+1);
        Given(Guest("a"), Guest("aa"), Guest("b"), Guest("c"));
        Assert.That(list.Selected!.Guest.Name, Is.EqualTo("b"));
        Assert.That(list.Place, Is.EqualTo(2));
    }

    [Test]
    public void TheSelectionStaysWhereItWasWhenItsGuestIsGone()
    {
        list.Move(+1);
        Given(Guest("a"), Guest("c"));
        Assert.That(list.Selected!.Guest.Name, Is.EqualTo("c"));
        Given();
        Assert.That(list.Selected, Is.Null);
    }

    [TestCase("B", "b")]
    [TestCase("10.0.0.3", "c")]
    [TestCase("carol", "c")]
    [TestCase("paused", "a")]
    [TestCase("zzz", "")]
    public void TheFilterLooksAtNameStateOwnerAndAddress(string filter, string shown)
    {
        Given(Guest("a", state: "paused"), Guest("b"), Guest("c") with { Addresses = ["10.0.0.3"], Owners = ["carol"] });
        list.FilterBy(filter);
        Assert.That(string.Join(' ', list.Shown.Select(guest => guest.Guest.Name)), Is.EqualTo(shown));
    }

    [Test]
    public void TheLargestIsFirstInEveryOrderButTheName()
    {
        Given(Guest("a", memory: 100), Guest("b", memory: 300), Guest("c"));
        while (list.Order != GuestOrder.Memory)
        {
            list.NextOrder();
        }

        Assert.That(list.Shown.Select(guest => guest.Guest.Name), Is.EqualTo(new[] { "b", "a", "c" }));
    }

    [Test]
    public void StaffSeeGuestsUnderTheirOwners()
    {
        Given(Guest("a") with { Owners = ["zoe"] }, Guest("b") with { Owners = [] }, Guest("c") with { Owners = ["amy", "bob"] });
        Assert.That(
            list.Shown.Select(guest => $"{list.Heading(guest)}: {guest.Guest.Name}"),
            Is.EqualTo(new[] { "(no owner): b", "amy, bob: c", "zoe: a" }));
    }

    [Test]
    public void OnlyShownGuestsCanBeSelectedByName()
    {
        list.FilterBy("c");
        Assert.That(list.Select("a"), Is.False);
        Assert.That(list.Select("c"), Is.True);
    }

    private void Given(params WatchedGuest[] now)
    {
        guests.Update(new WatchReport(now));
        list.Refresh();
    }

    private static WatchedGuest Guest(string name, string state = "running", long? memory = null) =>
        new(new GuestReport(name, state, "owner", memory));
}
