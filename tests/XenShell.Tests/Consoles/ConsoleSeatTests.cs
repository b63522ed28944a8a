using XenShell.Core.Consoles;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Consoles;

public sealed class ConsoleSeatTests
{
    private static readonly GuestName Web1 = GuestName.Parse("web1");

    [Test]
    public void OneSitsThereAndEverybodySeesWho()
    {
        using var host = new Scratch();
        Assert.That(ConsoleSeat.Holder(host.Layout, Web1), Is.Null);
        using (ConsoleSeat.Take(host.Layout, Web1, "bob", takeOver: false))
        {
            Assert.That(ConsoleSeat.Holder(host.Layout, Web1)?.User, Is.EqualTo("bob"));
            Assert.That(ConsoleSeat.Take(host.Layout, Web1, "alice", takeOver: false), Is.Null);
        }

        Assert.That(ConsoleSeat.Holder(host.Layout, Web1), Is.Null);
    }

    [Test]
    public void WhoeverTakesOverRingsTheBell()
    {
        using var host = new Scratch();
        var bob = ConsoleSeat.Take(host.Layout, Web1, "bob", takeOver: false)!;
        var alice = Task.Run(() => ConsoleSeat.Take(host.Layout, Web1, "alice", takeOver: true));
        Assert.That(Poll.Wait(bob.Bell, forWriting: false, TimeSpan.FromSeconds(5)), Is.True);
        Assert.That(bob.ReadBell(), Is.EqualTo("alice"));
        bob.Dispose();
        using var seat = alice.Result;
        Assert.That(ConsoleSeat.Holder(host.Layout, Web1)?.User, Is.EqualTo("alice"));
    }
}
