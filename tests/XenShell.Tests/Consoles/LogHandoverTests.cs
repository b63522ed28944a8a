using XenShell.Core.Configuration;
using XenShell.Core.Consoles;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Tests.Consoles;

/// <summary>OT: a name that is used again, and the log of whoever had it before.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LogHandoverTests : IDisposable
{
    private const string Log = "var/log/xen/console/guest-shop.log";
    private readonly Scratch host = new();

    public void Dispose() => host.Dispose();

    [Test]
    public void ANewOwnerSeesNothingOfTheFormerOnes()
    {
        Given("bob");
        host.Write(Log, "bob's secret\n");
        Assert.That(Shown(), Is.EqualTo(new[] { "bob's secret" }));

        Given("alice");
        Assert.That(Shown(), Is.Empty);
        File.AppendAllText(host.At(Log), "alice's\n");
        Assert.That(Shown(), Is.EqualTo(new[] { "alice's" }));
    }

    [Test]
    public void ManyWhoLookAtOnceAllSeeTheSame()
    {
        Given("bob");
        host.Write(Log, "bob's secret\n");
        _ = Shown();
        for (var turn = 0; turn < 20; turn++)
        {
            Given(turn % 2 == 0 ? "alice" : "bob");
            Parallel.For(0, 8, _ => Assert.That(Shown(), Is.Empty));
        }
    }

    [Test]
    public void WhoStaysAnOwnerKeepsTheLog()
    {
        Given("bob");
        host.Write(Log, "old\n");
        _ = Shown();
        Given("bob, alice");
        Assert.That(Shown(), Is.EqualTo(new[] { "old" }));
        Given("alice");
        Assert.That(Shown(), Is.EqualTo(new[] { "old" }), "she was an owner beside him");
    }

    [Test]
    public void AGuestBetweenTwoOwnersRemembersTheLast()
    {
        Given("bob");
        host.Write(Log, "bob's secret\n");
        _ = Shown();
        Given("noc:operator");
        _ = Shown();
        Given("alice");
        Assert.That(Shown(), Is.Empty);
    }

    [Test]
    public void AtFirstSightALogOlderThanItsGuestIsNobodys()
    {
        host.Write(Log, "somebody's\n");
        File.SetLastWriteTimeUtc(host.At(Log), DateTime.UtcNow.AddDays(-30));
        Given("alice");
        Assert.That(Shown(), Is.Empty);
    }

    [Test]
    public void AnEditedFileHidesNothing()
    {
        Given("bob");
        host.Write(Log, "panic\n");
        _ = Shown();
        File.SetLastWriteTimeUtc(host.At(Log), DateTime.UtcNow.AddDays(-30));
        Given("bob", "memory = 128");
        Assert.That(Shown(), Is.EqualTo(new[] { "panic" }));
    }

    [Test]
    public void ARotatedLogHasNothingOfTheFormerOwners()
    {
        Given("bob");
        host.Write(Log, "bob's secret, and a long one\n");
        _ = Shown();
        Given("alice");
        _ = Shown();
        File.Delete(host.At(Log));
        host.Write(Log, "alice's\n");
        Assert.That(Shown(), Is.EqualTo(new[] { "alice's" }));
    }

    private void Given(string owners, string lines = "") => host.Guest("shop", $"xen_shell = '{owners}'\n{lines}");

    private IEnumerable<string> Shown()
    {
        var settings = new Settings { Patterns = [host.At("etc/xen/*.cfg")] };
        var name = GuestName.Parse("shop");
        Assert.That(GuestCatalog.Read(host.Layout, settings).TryFind(name, out var guest), Is.True);
        return new ConsoleLog(host.Layout, name, LogHandover.Begin(host.Layout, settings, guest!)).Tail(10, out _)!;
    }
}
