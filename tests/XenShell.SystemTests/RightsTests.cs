using XenShell.Core;
using XenShell.Core.Commands;
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
        foreach (var command in CommandTable.Product.ForPeople.Where(command => command.Guest != GuestArgument.None))
        {
            Assert.That(Refusal(command, "web2"), Is.EqualTo(Refusal(command, "nosuch")), command.Name);
        }

        // A console is refused where it is, on the terminal: only there it gets as far as the guest.
        string Refusal(Command command, string guest)
        {
            var line = $"{command.Name} {guest}{Rest(command)}";
            if (command.Name == "console")
            {
                var screen = StockTerminal("bob@host", line);
                Assert.That(screen.ExitCode(), Is.EqualTo((int)ExitCode.NotAllowed));
                return screen.Transcript.Replace(guest, "X", StringComparison.Ordinal);
            }

            // control is about a session: one command refuses it as such, whatever the guest
            var code = command.Name == "control" ? ExitCode.Usage : ExitCode.NotAllowed;
            return As("bob").Run(line).Refused(code).Replace(guest, "X", StringComparison.Ordinal);
        }
    }

    // what it takes besides a guest
    private static string Rest(Command command) =>
        (command.Arguments.Contains(Arguments.Key) ? " s" : "") + (command.Arguments.Contains(Arguments.Image) ? " tiny" : "");

    // OT: past her shell, with every word that the gate knows
    [Test]
    public void AliceIsRefusedBobsGuestWithEveryVerb()
    {
        GivenRunning("web1");
        GivenGrants("web1", "bob");
        var before = StateOfTheHost();
        foreach (var command in CommandTable.Product.All.Where(command => command is { Verb: not null, Guest: not GuestArgument.None }))
        {
            var line = $"{command.Verb} web1{Rest(command)}";
            var answer = Host.Root("runuser", "-u", "alice", "--", "/usr/bin/script", "-qec", $"sudo -n {GateTests.Gate} {line}", "/dev/null");
            Assert.That(answer.Code, Is.EqualTo((int)ExitCode.NotAllowed), line);
            Assert.That(answer.Output, Does.Contain("web1: no such guest"), line);
        }

        Assert.That(StateOfTheHost(), Is.EqualTo(before));
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

    // CA: what the shell needs for itself is no command that a blacklist takes away
    [Test]
    public void ABlacklistTakesAwayWhatItNamesAndNothingElse()
    {
        GivenRunning("web1");
        GivenSetting("blacklist = status, list, whoami");
        var mark = RecordMark();
        foreach (var command in new[] { "status", "list", "whoami" })
        {
            Assert.That(As("bob").Run(command).Refused(ExitCode.NotAllowed), Does.Contain("switched off"), command);
            As("staff").Run(command).Done();
        }

        Assert.That(RecordsSince(mark).Count(record => record.TryGetProperty("decision", out var decision) && decision.GetString() == "refuse"), Is.EqualTo(3));
        AtThePrompt("bob").Expect("xen-shell[web1]> ");
        var console = StockTerminal("bob@host", "console");
        console.Expect("opens a menu");
        console.Press(']').Press(']');
        Assert.That(console.ExitCode(), Is.Zero);
    }

    // TU: poweroff taken away, and the power cut all the same
    [Test]
    public void ABlacklistedActIsNotDoneByAnotherCommand()
    {
        GivenRunning("web1");
        GivenBlacklist("web1", "poweroff, log");
        var before = DomainId("web1");
        foreach (var command in new[] { "shutdown --force --timeout=1", "reset", "sysreq o" })
        {
            Assert.That(As("bob").Run(command).Refused(ExitCode.NotAllowed), Does.Contain("not open to you"), command);
        }

        Assert.That(As("bob").Run("console --watch").Refused(ExitCode.NotAllowed), Does.Contain("not open to you"));
        Assert.That(DomainId("web1"), Is.EqualTo(before));
    }

    // what a blacklist closes must not come by another way
    [Test]
    public void ABlacklistedLogIsNotQuotedByABoot()
    {
        GivenGuestThatPanics("broken");
        GivenBlacklist("broken", "log");
        Assert.That(As("alice").Run("boot broken").Refused(ExitCode.Failed), Does.Contain("broken died within").And.Not.Contain("panic").And.Not.Contain("log broken"));
    }
}
