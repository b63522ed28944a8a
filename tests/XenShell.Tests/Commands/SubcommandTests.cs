using System.Net;
using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using XenShell.Core.Native;
using XenShell.Core.Reports;
using XenShell.Screen.Actions;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Editing;
using XenShell.Tests.Documents;

namespace XenShell.Tests.Commands;

/// <summary>A subcommand with arguments of its own is a row and nothing else: it comes right wherever the table is read.</summary>
public sealed class SubcommandTests
{
    private static readonly Argument<IPAddress> Address = new("ADDRESS", "an address", (text, _) => IPAddress.TryParse(text, out var address) && address.ToString() == text ? address : null)
    {
        Candidates = _ => ["192.0.2.7", "2001:db8::1"],
    };

    private static readonly Argument<string> Note = new("NOTE", "a few words", (text, _) => text) { IsOptional = true, TakesRest = true, IsProse = true, MayBeInput = true, MaxLength = 4096 };

    private static readonly CommandTable Table = new(
    [
        KnownCommands.Help,
        new("rdns", "show names", "Shows the names of your addresses.")
        {
            Right = Rights.View, OnlyLooks = true, Answer = Answer.Document,
            Children =
            [
                new("set", "name an address", "Names an address.")
                {
                    Right = Rights.Rdns, Aliases = ["name"], Guest = GuestArgument.One, Arguments = [Address, Note], ScreenKey = 'd',
                    Options = [new("ttl", "how long it is kept") { Value = Arguments.Number("SECONDS", 1, 60) }],
                },
                new("clear", "forget a name", "Forgets the name of an address.") { Arguments = [Address] },
            ],
        },
    ]);

    private static Command Set => Table.Find("rdns set")!;

    [Test]
    public void HelpListsAndExplainsIt()
    {
        Assert.That(Help.List(new Settings { Patterns = [] }, Table), Does.Contain("\n  rdns       show names\n  rdns set   name an address\n"));
        Assert.That(Help.Of(Set), Does.StartWith("rdns set [GUEST] ADDRESS [NOTE] [--ttl=SECONDS]\n").And.EndWith("Also: name"));
        Assert.That(CommandLine.Parse(["help", "rdns", "set"], Table).Get(Arguments.Topic), Is.EqualTo(Set));
    }

    [TestCase("r", "rdns")]
    [TestCase("rdns ", "clear set")]
    [TestCase("rdns s", "set")]
    [TestCase("rdns set ", "192.0.2.7 2001:db8::1 web1")]
    [TestCase("rdns set web1 2", "2001:db8::1")]
    [TestCase("rdns set --", "--ttl=")]
    [TestCase("help rdns ", "clear set")]
    [TestCase("help r", "rdns")]
    public void TabPutsWhatCanStandThere(string before, string expected) =>
        Assert.That(Completer.Candidates(before, new KnownWords(Table, () => ["web1"])), Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [TestCase("rdns set 192.0.2.7", "rdns-set 192.0.2.7")]
    [TestCase("RDNS Name web1 2001:db8::1 --ttl 5", "rdns-set web1 2001:db8::1 --ttl=5")]
    [TestCase("rdns clear 192.0.2.7", "rdns-clear 192.0.2.7")]
    [TestCase("rdns", "rdns")]
    public void TheGateReadsWhatTheShellSends(string line, string argv)
    {
        var words = CommandLine.Parse(CommandLine.Split(line, Table), Table).GateArguments();
        Assert.That(words, Is.EqualTo(argv.Split(' ')));
        Assert.That(CommandLine.ParseForGate(words, Table).GateArguments(), Is.EqualTo(words));
    }

    // TU: who calls the gate past the shell
    [TestCase("rdns-set")]
    [TestCase("rdns-set 192.0.2.07")]
    [TestCase("rdns-set 1.2.3")]
    [TestCase("rdns-set web1")]
    [TestCase("rdns-clear 192.0.2.7 192.0.2.8")]
    [TestCase("rdns set 192.0.2.7")]
    [TestCase("rdns-name 192.0.2.7")]
    [TestCase("set 192.0.2.7")]
    public void TheGateRefusesWhatTheRowDoesNotDeclare(string argv) =>
        Assert.That(() => CommandLine.ParseForGate(argv.Split(' '), Table), Throws.TypeOf<UsageException>());

    [Test]
    public void FreeTextIsAllOfTheLineAndAnyCharacter()
    {
        var invocation = CommandLine.Parse(CommandLine.Split("rdns set web1 192.0.2.7 for -- shop & co; $5", Table), Table);
        Assert.That(invocation.Get(Note), Is.EqualTo("for -- shop & co; $5"));
        Assert.That(CommandLine.ParseForGate(invocation.GateArguments(), Table).Get(Note), Is.EqualTo(invocation.Get(Note)));
        Assert.That(() => CommandLine.Split("rdns clear 192.0.2.7; reboot", Table), Throws.TypeOf<UsageException>());
    }

    [Test]
    public void EachArgumentHasItsOwnLength()
    {
        Assert.That(CommandLine.Parse(CommandLine.Split($"rdns set web1 192.0.2.7 {new string('x', 4096)}", Table), Table).Get(Note), Has.Length.EqualTo(4096));
        Assert.That(() => CommandLine.Parse(CommandLine.Split($"rdns set web1 192.0.2.7 {new string('x', 4097)}", Table), Table), Throws.TypeOf<UsageException>());
        Assert.That(() => CommandLine.Parse(["rdns", "clear", new string('1', 257)], Table), Throws.TypeOf<UsageException>().With.Message.Contains("ADDRESS is longer than 256"));
    }

    // TU: words of a terminal's in the record, or in a file of root's
    [TestCase("a\u001b[2J")]
    [TestCase("a\nb")]
    [TestCase("\u00e9")]
    public void FreeTextIsPrintable(string text) =>
        Assert.That(() => CommandLine.ParseForGate(["rdns-set", "web1", "192.0.2.7", text], Table), Throws.TypeOf<UsageException>());

    [TestCase("ssh-ed25519 AAAA bob\n", "ssh-ed25519 AAAA bob")]
    [TestCase("", null)]
    [TestCase("a\nb\n", null)]
    [TestCase("0123456789012345678901234567890123456789x", null)]
    public void OneLineIsTakenFromStandardInput(string input, string? text)
    {
        var (read, write) = Fd.Pipe();
        using (read)
        {
            using (write)
            {
                write.WriteAll(Encoding.ASCII.GetBytes(input));
            }

            Assert.That(() => InputText.Read(read, 38), text is null ? Throws.TypeOf<UsageException>() : Is.EqualTo(text));
        }
    }

    [Test]
    public void ADashIsStandardInputWhereTheRowSaysSo()
    {
        Assert.That(CommandLine.Parse(["rdns", "set", "web1", "192.0.2.7", "-"], Table, most => $"from input, {most}").Get(Note), Is.EqualTo("from input, 4096"));
        Assert.That(() => CommandLine.Parse(["rdns", "set", "web1", "192.0.2.7", "-"], Table), Throws.TypeOf<UsageException>());
        Assert.That(() => CommandLine.Parse(["rdns", "clear", "-"], Table, _ => "192.0.2.7"), Throws.TypeOf<UsageException>());
    }

    [Test]
    public void TheScreenOffersItByItsKeyToWhoMay()
    {
        Assert.That(OpenCommands.For(new WatchedGuest(new GuestReport("web1", "off", "owner")), Table), Is.EqualTo(new[] { Set }));
        Assert.That(OpenCommands.For(new WatchedGuest(new GuestReport("web1", "off", "operator")), Table), Is.Empty);
    }

    // TU: a child that says nothing of its right is open to everybody
    [Test]
    public void ASubcommandNeedsItsParentsRightAndIsClosedWithIt()
    {
        Assert.That(Set.Right, Is.EqualTo(Rights.View | Rights.Rdns));
        Assert.That(Table.Find("rdns clear")!.Right, Is.EqualTo(Rights.View));
        Assert.That(new Invocation(Set).Effects, Does.Contain("rdns"));
        Assert.That((Set.OnlyLooks, Set.IsAskedAbout), Is.EqualTo((false, true)), "and runs and asks as every row does that says nothing of it");
    }

    [Test]
    public void TheManualsTestMissesItAndKnowsItsPath()
    {
        const string Page = ".Sh COMMANDS\n.It Cm help Op Ar COMMAND\n.It Cm rdns\nShows names.\n.It Cm rdns set Oo Ar GUEST Oc Ar ADDRESS Oo Ar NOTE Oc Op Fl -ttl Ns = Ns Ar SECONDS\nAlso\n.Cm name .\n.It Cm rdns clear Ar ADDRESS\n.Sh EXIT STATUS\n";
        Assert.That(CommandsPage.Faults(Page, Table), Is.Empty);
        foreach (var slip in new[] { "rdns set", "Ar ADDRESS ", " Oo Ar NOTE Oc", ".Cm name .", "Ns Ar SECONDS" })
        {
            Assert.That(CommandsPage.Faults(Page.Replace(slip, "", StringComparison.Ordinal), Table), Is.Not.Empty, slip);
        }
    }
}
