using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;

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

    [Test]
    public async Task WhoWaitsIsNextHoweverOftenAnotherAsks()
    {
        using var host = new Scratch();
        var first = GuestLock.Take(host.Layout, Web1, 2001, "alice", "shutdown");
        var staff = Task.Run(() => GuestLock.Take(host.Layout, Web1, 2002, "staff", "poweroff"));
        Assert.That(() => IsLocked($"{host.Layout.RunFolder}/next/web1"), Is.True.After(10_000, 1));
        var again = Task.Run(() => GuestLock.Take(host.Layout, Web1, 2001, "alice", "shutdown"));
        first.Dispose();
        using (await staff)
        {
            Assert.That(again.IsCompleted, Is.False);
        }

        (await again).Dispose();
    }

    private static bool IsLocked(string path)
    {
        using var file = FileSystem.TryOpen(path);
        return file is not null && !file.TryShareLock();
    }
}
