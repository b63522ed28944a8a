using System.Text.RegularExpressions;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>The full screen, as a person sees it who logs in at a terminal: keys in, the terminal's image out.</summary>
[OnSimulator]
public sealed partial class ScreenTests(HostKind kind) : HostTest(kind)
{
    [Test]
    public void WhatWasTypedThereIsInTheHistory()
    {
        Ending(new AtEnd(() => Host.RootShell("chown root /home/bob; rm -f /home/bob/.xen-shell")));
        Host.RootShell("chown bob /home/bob").Done();
        var screen = StockTerminal("bob@host");
        screen.Shows("web1").Type(":whoami\r").Shows("bob").Type("q").ExpectEnd();
        Assert.That(Host.Read("/home/bob/.xen-shell"), Does.Contain("whoami"));
    }

    [Test]
    public void WithOneGuestItsDetailsAreOpenAtOnce()
    {
        GivenOff("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "off")).Shows("owner").Shows("b  boot").Shows("q leave");
        Assert.That(screen.IsFull);
        screen.Type("q").ExpectEnd();
        Assert.That(screen.IsFull, Is.False, "what stood on the terminal before is there again");
    }

    [Test]
    public void AKeyBootsTheGuestAndTheResultStaysUntilItIsRead()
    {
        GivenOff("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "off")).Type("b");
        screen.Shows("web1 is running", 20).Shows(InDetails("web1", "running"));
        screen.Shows(new Regex("^up +00:00:(0[4-9]|[1-9])")).Shows("web1 is running"); // looks came and went
        screen.Type("\e").ShowsNo("web1 is running");
    }

    [Test]
    public void OnlyWhatMakesSenseNowIsOffered()
    {
        GivenOff("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "off")).ShowsNo(" shutdown ").ShowsNo(" c  console");
        var mark = RecordMark();
        screen.Type("s").Shows("web1 is off: shutdown makes no sense now");
        Assert.That(Words(RecordsSince(mark)), Has.None.Contains("shutdown"), "nothing was asked of the gate");
    }

    [Test]
    public void ResetAsksFirstAndNoChangesNothing()
    {
        GivenRunning("web1");
        var before = DomainId("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("R");
        screen.Shows("reset web1?").Shows("not written to disk is lost. Try reboot first.");
        screen.Type("\r").ShowsNo("reset web1?");
        Assert.That(DomainId("web1"), Is.EqualTo(before), "Enter alone means no");
        screen.Type("R").Shows("reset web1?").Type("n").ShowsNo("reset web1?");
        Assert.That(DomainId("web1"), Is.EqualTo(before));

        screen.Type("R").Shows("reset web1?").Type("y").Shows("web1 was reset and is running", 20);
        Assert.That(DomainId("web1"), Is.Not.Null.And.Not.EqualTo(before));
    }

    [Test]
    public void AGuestThatPanicsIsReportedWithItsPanic()
    {
        GivenOff("broken");
        var screen = As("alice").Terminal();
        screen.Shows("broken").Type("/brok\r").ShowsNo("web1").Type("b");
        screen.Shows(Panicked(), 20).Shows("m: all of it");
        screen.Type("m").Shows("Kernel panic - not syncing");
        screen.Type("\e").ShowsNo("Kernel panic").Shows("broken");
    }

    [Test]
    public void TheConsoleGetsTheTerminalAndGivesItBack()
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("c");
        screen.Expect(new Regex(@"\[20[^]]*\] .*\n\s*\n?.*console of web1: Ctrl-\]")); // what the guest said before
        screen.Enter().Enter("hostname");
        screen.Expect("hostname");
        screen.Expect("web1");
        Assert.That(screen.IsFull, Is.False);

        screen.Press(']').Press(']');
        screen.Shows(InDetails("web1", "running")).Shows("q leave");
        Assert.That(screen.IsFull);
        screen.Type("q").ExpectEnd();
        Assert.That(screen.IsFull, Is.False);
        Assert.That(screen.Raw[^40..], Does.Contain("\e[?25h"), "the cursor is there again");
    }

    // GK: alternate screen, mouse, colours and worse
    [Test]
    public void AGuestThatLeavesTheTerminalInAMessDoesNoHarm()
    {
        GivenGuestSetting("web2", "sim", "hostile");
        GivenOff("web2");
        var screen = As("alice").Terminal();
        screen.Shows("web2").Type(":boot web2\r").Shows("web2 is running", 20).Type(":console web2\r");
        screen.Expect("console of web2: Ctrl-]");
        Wait.Until("what the guest sends is on its way to the terminal", Seconds(10), () => screen.Raw.Contains("\e[?1000h", StringComparison.Ordinal));
        screen.Press(']').Press(']').Shows(InTable("web2", "running")).Shows("q leave").ShowsNo("red");
        Assert.That(screen.Raw[screen.Raw.LastIndexOf("\e[?1000h", StringComparison.Ordinal)..], Does.Contain("\e[?1000;1002;1003;1006;1004;2004l"), "mouse and the like are off again");
        screen.Type("q").ExpectEnd();
        Assert.That(screen.IsFull, Is.False);
        GivenOff("web2");
    }

    [Test]
    public void WhoIsOnTheConsoleIsSeen()
    {
        GivenRunning("web1");
        var alice = As("alice").Terminal();
        alice.Shows(InTable("web1", "running"));
        var bob = StockTerminal("bob@host", "console");
        bob.Expect("console of web1: Ctrl-]");
        alice.Shows("tty:bob").Type("/web1\r").Shows("console: bob since");
        bob.Dispose();
        alice.ShowsNo("tty:bob");
    }

    [Test]
    public void TheCommandLineTakesWhatThePromptTakes()
    {
        var screen = As("alice").Terminal();
        screen.Shows("stubborn").Type(":stat\t").Shows(":status").Type("we\t").Shows(":status web").Type("\t").Shows("web1  web2");
        screen.Type("1\r").Shows("status web1").Shows("NAME").Type("\e");
        screen.Shows("stubborn").Type(":status db1\r").Shows("db1: no such guest").Type("\e");
        var mark = RecordMark();
        screen.Shows("stubborn").Type(":bash\r").Shows("unknown command 'bash'");
        Assert.That(Words(RecordsSince(mark)), Has.Some.EqualTo("refused bash"));
        screen.Type("\e").ShowsNo("unknown command").Type(":control db1\r").Shows(new Regex("^db1: no such guest")); // and no longer as a part of the progress
        screen.Type(":exit\r").ExpectEnd();
    }

    [Test]
    public void TheConsoleLogIsScrolledSearchedAndFollowed()
    {
        GivenRunning("web1");
        Host.RootShell($"echo >>{ConsoleLog("web1")}; for i in $(seq 100); do echo line $i; done >>{ConsoleLog("web1")}; printf 'red \\033[31mherring\\n' >>{ConsoleLog("web1")}").Done();
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("l");
        screen.Shows("console log of web1").Shows("red ^[[31mherring").Shows("line 100").ShowsNo("line 50");
        screen.Type("/line 50\r").Shows("line 50").ShowsNo("line 100");
        screen.Type("/nowhere\r").Shows("'nowhere' is not in it");
        screen.Type("f").Shows("line 100");
        Host.RootShell($"echo one more >>{ConsoleLog("web1")}").Done();
        screen.Shows("one more");
        screen.Type("\e").Shows("owner");
        Wait.Until("the log is no longer followed, and no zombie stays", Seconds(5), () => Host.RootShell("ps -o comm= -u bob | grep -cx 'xen-shell.*\\|.*<defunct>'; true").Output == "1\n");
    }

    [Test]
    public void AWaitDoesNotFreezeTheScreenAndCanBeGivenUp()
    {
        GivenRunning("stubborn");
        var screen = As("alice").Terminal();
        screen.Shows(InTable("stubborn", "running")).Type("/stub\r").ShowsNo("web2").Type("s").Shows("shutdown stubborn?").Type("y");
        screen.Shows("shutdown stubborn 1 s").Shows("Ctrl-C");
        screen.Type("\e[B\r").Shows(InDetails("stubborn", "shutting down")).Shows("shutdown stubborn 3 s");
        screen.Press('C').Shows("no longer waiting");
        GivenOff("stubborn");
    }

    [Test]
    public void LeavingWhileSomethingIsUnderWayAsks()
    {
        GivenRunning("stubborn");
        var screen = As("alice").Terminal();
        screen.Shows(InTable("stubborn", "running")).Type(":shutdown stubborn\r").Shows("shutdown stubborn 1 s");
        screen.Type("q").Shows("It goes on by itself").Type("n").ShowsNo("It goes on by itself");
        screen.Type("q").Shows("It goes on by itself").Type("y").ExpectEnd();
        GivenOff("stubborn");
    }

    [Test]
    public void StaffSeeAllGuestsUnderTheirOwnersAndFindOneByTyping()
    {
        var screen = As("staff").Terminal();
        screen.Shows("db1").Shows("web2").Shows("(no owner)").Shows(OwnerHeading());
        screen.Type("/DB").Shows("db1").ShowsNo("web2").Type("\r").Type("\e").Shows("web2");
        screen.Type("/bob\r").Shows("web1").ShowsNo("web2").Type("\e").Shows("web2");
        screen.Type("/xyz").Shows("nothing matches 'xyz'").Type("\e").Shows("web2");
    }

    [Test]
    public void AnotherOrderIsOneKeyAwayAndTheSelectionGoesAlong()
    {
        GivenRunning("web2");
        GivenOff("web1", "broken");
        var screen = As("alice").Terminal();
        screen.Shows("web2").Type("\e[F").Type("oo").Shows("by cpu").Shows("web2").Type("\r").Shows(InDetails("web2", "running"));
    }

    [Test]
    public void NoGuestIsSaidSo()
    {
        var screen = As("mallory").Terminal();
        screen.Shows("no guest is granted to you").Type("b").Type(":boot web1\r").Shows("web1: no such guest");
    }

    [Test]
    public void AGrantAppearsAndARevokedOneTakesItsGuestAway()
    {
        var screen = As("bob").Terminal();
        screen.Shows("owner").Type("\e").ShowsNo("web2");
        GivenGrants("web2", "bob");
        screen.Shows("web2", 12);
        GivenGrants("web2", "alice");
        screen.ShowsNo("web2", 12);
        GivenGrants("web1", "alice");
        screen.Shows("no guest is granted to you", 12);
    }

    [Test]
    public void TheSizeMayChangeAtAnyMoment()
    {
        GivenRunning("web1");
        var screen = As("alice").Terminal();
        screen.Shows("NET").Shows("q leave");
        screen.Resize(40, 15);
        screen.Shows(InTable("web1", "running")).ShowsNo("NET").Shows("q leave");
        Assert.That(screen.Lines, Has.Count.EqualTo(15));
        screen.Resize(200, 60);
        screen.Shows("ADDRESS").Shows("NET").Shows("DISK").Shows("filter");
        screen.Resize(10, 3);
        screen.Resize(80, 24);
        screen.Shows("NET").Shows("q leave");
    }

    [Test]
    public void ASmallTerminalDoesAll()
    {
        GivenOff("web1");
        var screen = As("bob").Terminal(40, 15);
        screen.Shows(InDetails("web1", "off")).Type("b").Shows("web1 is running", 20).Type("\e").ShowsNo("web1 is running");
        screen.Shows(InDetails("web1", "running")).Type("S").Shows("poweroff web1?").Shows(LastLineOfPoweroff()).Type("y");
        screen.Shows(InDetails("web1", "off"), 20);
        screen.Type("l").Shows("console log of web1").Type("\e").ShowsNo("console log of");
        screen.Type("\eOP").Shows("Keys").Type("\e").ShowsNo("Keys").Type(":whoami\r").Shows("Esc back");
    }

    [Test]
    public void FiveHundredGuestsAreOneList()
    {
        Host.RootShell("for i in $(seq -w 500); do sed \"s/^name = .*/name = 'many$i'/\" /etc/xen/db1.cfg >/etc/xen/many$i.cfg; done").Done();
        Ending(new AtEnd(() => Host.RootShell("rm -f /etc/xen/many*.cfg")));
        var screen = As("staff").Terminal();
        screen.Shows("many001");
        screen.Type("\e[F").ShowsNo("many001");
        screen.Type("\e[H").Shows("many001");
        screen.Type("\e[6~\e[6~").ShowsNo("many001");
        screen.Type("/many499\r").Shows("many499").ShowsNo("many498").Type("i").Shows(InDetails("many499", "off"));
    }

    [Test]
    public void NobodyAtTheKeysIsLoggedOutPolitely()
    {
        GivenSetting("idle_timeout = 2");
        var screen = As("bob").Terminal();
        screen.Shows("web1");
        Assert.That(screen.ExpectEnd(), Does.Contain("logged out: no key for 2 s"));
        Assert.That(screen.IsFull, Is.False);

        var prompt = AtThePrompt("bob");
        prompt.Expect("xen-shell[web1]> ");
        Assert.That(prompt.ExpectEnd(), Does.Contain("logged out: no key for 2 s"));

        GivenRunning("web1");
        var console = StockTerminal("bob@host", "console");
        console.Expect("Ctrl-] opens a menu");
        Assert.That(console.ExpectEnd(), Does.Contain("no key for too long"));
    }

    [Test]
    public void ALostFeedIsSaidAndFoundAgain()
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running"));
        Host.RootShell("pkill -KILL -x xen-shell-gate").Done();
        screen.Shows("nothing new can be shown; trying again").ShowsNo("trying again", 15).Shows(InDetails("web1", "running"));
    }

    [Test]
    public void WithoutStatusTheCommandLineIsLeft()
    {
        GivenSetting("blacklist = status");
        var screen = As("bob").Terminal();
        screen.Shows("are not shown on this host").Type(":list\r").Shows("NAME").Shows("web1");
    }

    [Test]
    public void ASessionAsksSudoOnce()
    {
        GivenRunning("web1");
        var mark = RecordMark();
        var screen = As("bob").Terminal();
        var up = screen.Shows(InDetails("web1", "running")).Lines.Single(line => line.StartsWith("up ", StringComparison.Ordinal));
        Wait.Until("several looks", Seconds(15), () => screen.Lines.Any(line => line.StartsWith("up ", StringComparison.Ordinal) && line != up));
        screen.Type("q").ExpectEnd();
        Wait.Until("the end is recorded", Seconds(10), () => Words(RecordsSince(mark)).Length > 0);
        Assert.That(Words(RecordsSince(mark)), Is.EqualTo(new[] { "watch" }));
    }

    [Test]
    public void ALostLineLeavesNothingBehind()
    {
        var screen = As("bob").Terminal();
        screen.Shows("web1");
        Assert.That(Host.RootShell("pgrep -u bob -x xen-shell-scree").Output, Is.Not.Empty);
        screen.Dispose();
        Wait.Until("screen and gate are gone", Seconds(10), () => Host.RootShell("pgrep -x 'xen-shell-scree|xen-shell-gate'; true").Output.Length == 0);
    }

    // TU: what is followed for nobody has a gate of root's each, for as long as a guest is silent
    [TestCase("q")]
    [TestCase("a lost line")]
    public void ALogThatIsFollowedEndsWithTheScreen(string end)
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("l").Shows("console log of web1");
        if (end == "q")
        {
            screen.Type("q").ExpectEnd();
        }
        else
        {
            screen.Dispose();
        }

        ExpectNothingOfBobs();
    }

    [Test]
    public void ALogThatIsFollowedWithoutATerminalEndsWithItsReader()
    {
        GivenRunning("web1");
        using var ssh = Host.Stock.Start(StockClient.Ssh, "bob@host", "log", "web1", "--follow", "--lines=1");
        Wait.Until("it is followed", Seconds(10), () => Host.RootShell("pgrep -x xen-shell-gate; true").Output.Length > 0);
        ssh.Kill();
        ssh.WaitForExit();
        ExpectNothingOfBobs();
    }

    private void ExpectNothingOfBobs() =>
        Wait.Until("shells, screen and gates are gone", Seconds(10), () => Host.RootShell("pgrep -u bob xen-shell; pgrep -x xen-shell-gate; true").Output.Length == 0);

    [Test]
    public void ALineLostOnTheConsoleLeavesNothingBehind()
    {
        GivenRunning("web1");
        var screen = As("bob").Terminal();
        screen.Shows(InDetails("web1", "running")).Type("c");
        screen.Expect("console of web1: Ctrl-]");
        screen.Dispose();
        Wait.Until("screen and gate are gone", Seconds(10), () => Host.RootShell("pgrep -x 'xen-shell-scree|xen-shell-gate'; true").Output.Length == 0);
    }

    [TestCase("ssh -t host xen-shell --prompt")]
    [TestCase("TERM=dumb")]
    public void ThePromptIsOneStepAwayForAScreenReader(string way)
    {
        var screen = way == "TERM=dumb" ? As("bob").Terminal(term: "dumb") : StockTerminal("bob@host", "xen-shell --prompt");
        screen.Expect("xen-shell");
        screen.Enter("whoami");
        screen.Expect("bob");
        Assert.That(screen.IsFull, Is.False);
    }

    private static string[] Words(System.Text.Json.JsonElement[] records) =>
        [.. records.Select(record => record.TryGetProperty("words", out var words) ? words.GetString()! : "")];

    [GeneratedRegex("broken .*(died|panic|crashed)", RegexOptions.IgnoreCase)]
    private static partial Regex Panicked();

    [GeneratedRegex("^(bob|alice)$")]
    private static partial Regex OwnerHeading();

    [GeneratedRegex("Try shutdown|shutdown first")]
    private static partial Regex LastLineOfPoweroff();
}
