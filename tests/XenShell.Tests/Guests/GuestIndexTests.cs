using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Names;
using XenShell.Core.Native;
using static System.Text.Encoding;

namespace XenShell.Tests.Guests;

/// <summary>CA: an edit in the tick of a reading, a swap, a change of owner or mode: what was read before must never count for what stands there now.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GuestIndexTests : IDisposable
{
    private readonly Scratch host = new();
    private readonly Settings settings;

    public GuestIndexTests() => settings = new Settings { Patterns = [host.At("etc/xen/*.cfg"), host.At("etc/xen/auto/*")] };

    public void Dispose() => host.Dispose();

    [Test]
    public void WhatIsKnownIsTheSameAsWhatIsRead()
    {
        host.Guest("web1", "xen_shell = 'bob, %noc:viewer'\nxen_shell_blacklist = 'serial, reset'\nmemory = 256\nvif = ['ip=192.0.2.7 2001:db8::7']");
        host.Guest("web2", "xen_shell = 'bob eve'");
        host.Guest("web3", "memory = '512M'");
        host.Write("etc/xen-shell/grants.d/web1.conf", "alice:operator\n");
        File.CreateSymbolicLink(host.At("etc/xen/auto/web1"), "../web1.cfg");
        Settle();
        var fresh = Read();
        Assert.That(File.Exists(host.At("run/xen-shell/guests.index")));
        Assert.That(Text(Read()), Is.EqualTo(Text(fresh)));
        foreach (var part in new[] { "bob", "alice", "%noc", "console reset", "256", "2001:db8::7", "a comma belongs", "web3.cfg" })
        {
            Assert.That(Text(fresh), Does.Contain(part));
        }
    }

    // or none of the other tests would tell
    [Test]
    public void WhatIsKnownIsUsed()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        var path = host.At("run/xen-shell/guests.index");
        File.WriteAllBytes(path, Latin1.GetBytes(Latin1.GetString(File.ReadAllBytes(path)).Replace("bob", "eve", StringComparison.Ordinal)));
        Assert.That(Read().Guests.Single().Grants[0].Grantee.Name, Is.EqualTo("eve"));
    }

    // that of another build may hold what this one reads otherwise
    [Test]
    public void TheIndexOfAnotherProgramIsNone()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        var path = host.At("run/xen-shell/guests.index");
        var text = Latin1.GetString(File.ReadAllBytes(path));
        var changed = text.Replace("Inode = ", "Inode = 9", StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(text));
        File.WriteAllBytes(path, Latin1.GetBytes(changed.Replace("bob", "eve", StringComparison.Ordinal)));
        Assert.That(Read().Guests.Single().Grants[0].Grantee.Name, Is.EqualTo("bob"));
    }

    // of files and folders alike: this moment says nothing yet
    [TestCase(0, 0, false)]
    [TestCase(0, 2_000_000_000, false)]
    [TestCase(2_000_000_000, 0, false)]
    [TestCase(2_100_000_000, 2_100_000_000, true)]
    [TestCase(-5_000_000_000, 9_000_000_000, false)]
    public void AStampIsSettledOnceItIsOld(long sinceChanged, long sinceModified, bool isSettled)
    {
        const long now = 1_700_000_000_000_000_000;
        Assert.That(new FileStamp(1, 2, 3, now - sinceModified, now - sinceChanged).IsSettled(now), Is.EqualTo(isSettled));
    }

    // the classic: same length, within one tick of the clock
    [Test]
    public void AChangeInTheTickOfTheReadingIsSeen()
    {
        var path = host.Guest("web1", "xen_shell = 'bob'");
        for (var i = 0; i < 300; i++)
        {
            var owner = i % 2 == 0 ? "eve" : "bob";
            File.WriteAllText(path, $"name = 'web1'\nxen_shell = '{owner}'\n");
            Assert.That(Read().Guests.Single().Grants[0].Grantee.Name, Is.EqualTo(owner), $"turn {i}");
        }
    }

    [Test]
    public void AChangeWithItsTimesPutBackIsSeen()
    {
        var path = host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        var before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "name = 'web1'\nxen_shell = 'eve'\n");
        File.SetLastWriteTimeUtc(path, before);
        Assert.That(Read().Guests.Single().Grants[0].Grantee.Name, Is.EqualTo("eve"), "the ctime cannot be put back");
    }

    [Test]
    public void AFileInThePlaceOfAnotherIsSeen()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        File.Move(host.Write("etc/xen/beside", "name = 'web1'\nxen_shell = 'eve'\n"), host.At("etc/xen/web1.cfg"), overwrite: true);
        Assert.That(Read().Guests.Single().Grants[0].Grantee.Name, Is.EqualTo("eve"));
    }

    [Test]
    public void WhatOthersCanWriteNowIsRefusedNow()
    {
        var path = host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_100);
        Assert.That(Read().Guests, Is.Empty);
        Assert.That(Read().Problems.Single().Reason, Does.Contain("written by others"));
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
        File.SetUnixFileMode(host.At("etc/xen"), (UnixFileMode)0b111_111_111);
        Assert.That(Read().Guests, Is.Empty, "the folder can be");
    }

    [Test]
    public void WhatIsGoneIsGone()
    {
        var path = host.Guest("web1");
        Settle();
        _ = Read();
        File.Delete(path);
        Assert.That(Read().Guests, Is.Empty);
    }

    [TestCase("")]
    [TestCase("rubbish that is no index at all, and long enough to be taken for one")]
    public void ABrokenIndexIsNone(string text)
    {
        host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        host.Write("run/xen-shell/guests.index", text);
        Assert.That(Read().Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void AnIndexCutShortIsNone()
    {
        host.Guest("web1", "xen_shell = 'bob'");
        host.Guest("web2", "xen_shell = 'bob'");
        Settle();
        _ = Read();
        var path = host.At("run/xen-shell/guests.index");
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.That(Read().Guests, Has.Count.EqualTo(2), $"{length} bytes");
        }
    }

    // what is done to a guest is decided by what stands in its file, whatever the index says
    [Test]
    public void AGuestThatIsNamedIsReadNow()
    {
        var path = host.Guest("web1", "xen_shell = 'bob'");
        Settle();
        var catalog = Read();
        File.WriteAllText(path, "name = 'web1'\nxen_shell = 'eve'\n");
        Assert.That(catalog.TryFind(GuestName.Parse("web1"), out var guest));
        Assert.That(guest!.Grants[0].Grantee.Name, Is.EqualTo("eve"));
        Assert.That(guest.Bytes, Is.EqualTo(File.ReadAllBytes(path)));
        File.WriteAllText(path, "name = 'other'\n");
        Assert.That(catalog.TryFind(GuestName.Parse("web1"), out _), Is.False);
    }

    private GuestCatalog Read() => GuestCatalog.Read(host.Layout, settings);

    /// <summary>Puts the files' last change so far back that they count as settled.</summary>
    private static void Settle() => Poll.Pause(TimeSpan.FromSeconds(2.1)); // a ctime cannot be set: only time makes it old

    private static string Text(GuestCatalog catalog) =>
        string.Join('\n', catalog.Guests.Select(guest => $"{guest.Name} {guest.File} {string.Join(' ', guest.Grants)} {string.Join(' ', guest.Blacklist.Words.Order())} {guest.Memory} {guest.Vcpus} {string.Join(' ', guest.Addresses)}"))
        + string.Join('\n', catalog.Problems);
}
