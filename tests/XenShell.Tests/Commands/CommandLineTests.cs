using XenShell.Core.Commands;
using XenShell.Core.Names;

namespace XenShell.Tests.Commands;

/// <summary>TU: words are parsed once into a closed set.</summary>
public sealed class CommandLineTests
{
    [TestCase("boot", "boot")]
    [TestCase("BOOT web1", "boot web1")]
    [TestCase("start  web1", "boot web1")]
    [TestCase("serial web1 --take-over --raw", "console web1 --take-over")]
    [TestCase("shutdown web1 --timeout 5 --force", "shutdown web1 --force --timeout=5")]
    [TestCase("sysreq web1 S", "sysreq web1 s")]
    [TestCase("sysrq b", "sysreq b")]
    [TestCase("log web1 --lines=5 --json", "log web1 --lines=5")]
    [TestCase("uptime", "uptime")]
    public void WhatPeopleTypeBecomesTheGatesArgv(string line, string argv) =>
        Assert.That(CommandLine.Parse(CommandLine.Split(line)).GateArguments(), Is.EqualTo(argv.Split(' ')));

    [TestCase("boot --frobnicate")]
    [TestCase("boot -a")]
    [TestCase("boot web1 web2")]
    [TestCase("boot 12")]
    [TestCase("boot name=x")]
    [TestCase("boot --no-wait=1")]
    [TestCase("boot --no-wait --no-wait")]
    [TestCase("shutdown --timeout")]
    [TestCase("shutdown --timeout=0")]
    [TestCase("shutdown --timeout=+5")]
    [TestCase("shutdown --timeout=0x5")]
    [TestCase("shutdown --timeout=99999999999")]
    [TestCase("sysreq web1")]
    [TestCase("sysreq web1 ss")]
    [TestCase("sysreq")]
    [TestCase("whoami bob")]
    [TestCase("help frobnicate")]
    [TestCase("refused x")]
    [TestCase("sh")]
    [TestCase("stat")]
    public void WhatMakesNoSenseIsRefused(string line) =>
        Assert.That(() => CommandLine.Parse(CommandLine.Split(line)), Throws.TypeOf<UsageException>());

    [TestCase("status\n")]
    [TestCase("status\0")]
    [TestCase("st\u0430tus")]
    [TestCase("\u001b[A")]
    public void OnlyPrintableAsciiIsRead(string line) => Assert.That(() => CommandLine.Split(line), Throws.TypeOf<UsageException>());

    [TestCase("help | less")]
    [TestCase("status; reboot")]
    [TestCase("ls > x")]
    public void WhoTakesItForAShellIsTold(string line) =>
        Assert.That(() => CommandLine.Split(line), Throws.TypeOf<UsageException>().With.Message.Contains("this is no shell"));

    [Test]
    public void LongLinesAndManyWordsAreRefused()
    {
        Assert.That(() => CommandLine.Split(new string('a', CommandLine.MaxLength + 1)), Throws.TypeOf<UsageException>());
        Assert.That(() => CommandLine.Parse(CommandLine.Split("status " + string.Join(' ', Enumerable.Repeat("a", 17)))), Throws.TypeOf<UsageException>());
    }

    // TU, CA: prefixes, aliases and the shell's own options are not the gate's
    [TestCase("Boot", "web1")]
    [TestCase("start", "web1")]
    [TestCase("boo", "web1")]
    [TestCase("boot", "")]
    [TestCase("boot", "-a")]
    [TestCase("boot", "web1\n")]
    [TestCase("console", "web1", "--raw")]
    [TestCase("log", "web1", "--lines", "5")]
    [TestCase("log", "web1", "--lines= 5")]
    [TestCase("status", "--json")]
    [TestCase("status", "--config=/tmp/x")]
    [TestCase("help")]
    [TestCase("whoami")]
    [TestCase("--help")]
    [TestCase("")]
    public void TheGateTakesOnlyTheCanonicalForm(params string[] words) =>
        Assert.That(() => CommandLine.ParseForGate(words), Throws.TypeOf<UsageException>());

    private static string ValueOf(Option option) =>
        option.Value is not { } type ? "" : type == Arguments.Name ? "=web1" : type == Arguments.LoginKey ? "=login" : type == Arguments.Reason ? "=\"a disk\"" : type == Arguments.Job ? "=abc234" : "=5";

    // the remark behind a key, and a reason's blanks, come through as one word
    [Test]
    public void WhatIsQuotedIsOneWord()
    {
        const string key = "AAAAC3NzaC1lZDI1NTE5AAAAIJ6zUYzTq3BEgCFRgQKFnUUnYvaUDkxVxpNQtS2pYkqR";
        var line = CommandLine.Parse(CommandLine.Split($"reimage web1 debian --key=\"ssh-ed25519 {key} bob's laptop\" --reason \"disk full; see 4711\""));
        Assert.That(line.GateArguments(), Is.EqualTo(new[] { "reimage", "web1", "debian", $"--key={key}", "--reason=disk full; see 4711" }));
        Assert.That(CommandLine.Parse(CommandLine.Split(line.Line)).GateArguments(), Is.EqualTo(line.GateArguments()));
        Assert.That(() => CommandLine.Split("reimage web1 debian --reason=\"disk"), Throws.TypeOf<UsageException>().With.Message.Contains("a quotation mark is missing"));
    }

    [Test]
    public void AKeyMayStandOnStandardInput() =>
        Assert.That(
            CommandLine.Parse(["reimage", "debian", "--key=-"], CommandTable.Product, _ => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6zUYzTq3BEgCFRgQKFnUUnYvaUDkxVxpNQtS2pYkqR bob").Text("key"),
            Does.StartWith("AAAAC3"));

    // without an image there is an old system to bring back, and 'debian' would be no guest's name
    [TestCase("reimage --undo", null)]
    [TestCase("reimage web1 --undo", "web1")]
    [TestCase("reimage --status web1", "web1")]
    public void AnOptionCanStandInPlaceOfAnArgument(string line, string? guest)
    {
        var parsed = CommandLine.Parse(CommandLine.Split(line));
        Assert.That((parsed.Guest?.Text, parsed.Has(Arguments.Image)), Is.EqualTo((guest, false)));
        Assert.That(() => CommandLine.Parse(CommandLine.Split("reimage web1 debian --undo")), Throws.TypeOf<UsageException>());
        Assert.That(() => CommandLine.Parse(CommandLine.Split("reimage")), Throws.TypeOf<UsageException>());
    }

    [TestCase("reimage web1 debian", true)]
    [TestCase("reimage web1 debian --plan", false)]
    [TestCase("reimage web1 --undo", true)]
    [TestCase("reimage web1 --resume", false)]
    [TestCase("boot web1", false)]
    public void WhatDestroysTakesTheGuestsName(string line, bool destroys)
    {
        var parsed = CommandLine.Parse(CommandLine.Split(line));
        Assert.That(parsed.Destroys, Is.EqualTo(destroys));
        Assert.That(() => Confirmation.Require(parsed), destroys ? Throws.TypeOf<UsageException>().With.Message.Contains("--confirm=web1 does it") : Throws.Nothing);
        Assert.That(() => Confirmation.Require(parsed.With(Confirmation.Option, GuestName.Parse("db1"))), destroys ? Throws.TypeOf<UsageException>().With.Message.Contains("names db1") : Throws.Nothing);
        Assert.That(() => Confirmation.Require(parsed.With(Confirmation.Option, GuestName.Parse("web1"))), Throws.Nothing);
    }

    [Test]
    public void WhatTheShellSendsTheGateTakes()
    {
        foreach (var command in CommandTable.Product.ForPeople.Where(command => command.Verb is not null))
        {
            var line = command.Name + (command.Guest == GuestArgument.None ? "" : " web1") + (command.Arguments.Contains(Arguments.Key) ? " s" : "")
                + string.Concat(command.Options.Select(option => $" --{option.Name}" + ValueOf(option)));
            var argv = CommandLine.Parse(CommandLine.Split(line)).GateArguments();
            Assert.That(CommandLine.ParseForGate(argv).GateArguments(), Is.EqualTo(argv), line);
        }
    }
}
