using XenShell.Core.Guests;
using XenShell.Core.Locks;

namespace XenShell.Tests.Locks;

/// <summary>TU, OT: two operations at once.</summary>
public sealed class GuestLockTests
{
    private static readonly GuestName Web1 = GuestName.Parse("web1");

    [Test]
    public void TheSecondLearnsWhoIsAtItAndTheLockIsFreeAfterwards()
    {
        using var host = new Scratch();
        using (GuestLock.Take(host.Layout, Web1, 2000, "bob", "reset"))
        {
            Assert.That(
                () => GuestLock.Take(host.Layout, Web1, 2001, "alice", "boot"),
                Throws.TypeOf<GuestBusyException>().With.Property("Holder").Property("User").EqualTo("bob"));
            GuestLock.Take(host.Layout, GuestName.Parse("web2"), 2001, "alice", "boot").Dispose();
        }

        GuestLock.Take(host.Layout, Web1, 2001, "alice", "boot").Dispose();
    }
}
