using XenShell.Core;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>Who may do what, over real logins.</summary>
[OnEveryHost]
public sealed class RightsTests(HostKind kind) : HostTest(kind)
{
    // OT: another tenant must not learn which guests exist
    [Test]
    public void NotYoursAndNotThereAreOneAnswer()
    {
        foreach (var command in new[] { "status", "info", "boot", "shutdown", "poweroff", "reboot", "reset", "pause", "unpause", "log" })
        {
            var notYours = As("bob").Run($"{command} web2").Refused(ExitCode.NotAllowed);
            var notThere = As("bob").Run($"{command} nosuch").Refused(ExitCode.NotAllowed);
            Assert.That(notYours.Replace("web2", "X", StringComparison.Ordinal), Is.EqualTo(notThere.Replace("nosuch", "X", StringComparison.Ordinal)), command);
        }
    }

    [Test]
    public void BobSeesHisGuestOnly() => Assert.That(States("bob").Keys, Is.EqualTo(new[] { "web1" }));

    [Test]
    public void AliceSeesHersAndTheOneSheOperates()
    {
        Assert.That(States("alice").Keys, Is.SupersetOf(new[] { "broken", "web1", "web2" }).And.Not.Contain("db1"));
        Assert.That(As("alice").Run("list").Done().Output, Does.Match(@"web1 +\S+ +operator").And.Match(@"web2 +\S+ +owner"));
    }

    [Test]
    public void AliceHasToSayWhichGuest() =>
        Assert.That(As("alice").Run("boot").Refused(ExitCode.Usage), Does.Contain("which guest?").And.Contain("web2").And.Not.Contain("db1"));

    [Test]
    public void StaffSeeEveryGuest() => Assert.That(States("staff").Keys, Is.SupersetOf(new[] { "broken", "db1", "web1", "web2" }));

    [Test]
    public void MallorySeesNothing()
    {
        Assert.That(As("mallory").Run("status --json").Done().Output.Trim(), Is.EqualTo("""{"guests":[]}"""));
        Assert.That(As("mallory").Run("list").Done().Output, Does.Contain("no guest is granted to you"));
        As("mallory").Run("boot").Refused(ExitCode.Usage);
        As("mallory").Run("boot web1").Refused(ExitCode.NotAllowed);
    }

    [Test]
    public void AViewerLooksAndNoMore()
    {
        GivenGrants("web1", "bob:viewer");
        As("bob").Run("status").Done();
        foreach (var command in new[] { "boot", "shutdown", "poweroff", "reset", "sysreq s" })
        {
            Assert.That(As("bob").Run(command).Refused(ExitCode.NotAllowed), Does.Contain("viewer"), command);
        }
    }

    // CA: the grant is removed while a session is open
    [Test]
    public void ARevokedGrantIsGoneAtTheNextCommand()
    {
        var bob = As("bob");
        bob.Run("status web1").Done();
        GivenGrants("web1", "alice");
        bob.Run("status web1").Refused(ExitCode.NotAllowed);
    }
}
