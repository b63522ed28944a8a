using XenShell.Core.Native;
using XenShell.Gate;

namespace XenShell.Tests.Gate;

/// <summary>TU, CA: forged identities. The numbers are Caller's.</summary>
public sealed class CallerTests
{
    private static readonly Account Bob = new("bob", 2000, 100, "/home/bob");

    [Test]
    public void BobIsBob() => Assert.That(Identify("2000", "bob").Account, Is.EqualTo(Bob));

    [TestCase(null, "bob")] // 2
    [TestCase("2000", null)]
    [TestCase("", "bob")]
    [TestCase("+2000", "bob")]
    [TestCase(" 2000", "bob")]
    [TestCase("02000", "bob")]
    [TestCase("0x7d0", "bob")]
    [TestCase("-1", "bob")]
    [TestCase("4294969296", "bob")]
    [TestCase("\u0662\u0660\u0660\u0660", "bob")]
    [TestCase("0", "root")]
    [TestCase("999", "daemon")]
    [TestCase("2001", "bob")] // 3
    [TestCase("2000", "alice")]
    [TestCase("2000", "Bob")]
    [TestCase("2000", "bob ")]
    [TestCase("2002", "-x")] // 4
    [TestCase("2003", "1234")]
    public void WhoIsNotKnownForSureIsRefused(string? uid, string? user) =>
        Assert.That(() => Identify(uid, user), Throws.TypeOf<GateRefusal>());

    [Test] // 3
    public void AUidWithTwoNamesIsRefused() =>
        Assert.That(() => Caller.Identify("2000", "bob", _ => Bob, _ => ["bob", "bobby"]), Throws.TypeOf<GateRefusal>());

    private static Caller Identify(string? uid, string? user) => Caller.Identify(
        uid,
        user,
        id => id switch { 2000 => Bob, 2002 => new("-x", 2002, 100, "/"), 2003 => new("1234", 2003, 100, "/"), 999 => new("daemon", 999, 1, "/"), 0 => new("root", 0, 0, "/root"), _ => null },
        _ => []);
}
