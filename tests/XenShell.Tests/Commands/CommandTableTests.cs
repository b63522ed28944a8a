using XenShell.Core.Commands;
using XenShell.Core.Grants;
using XenShell.Tenant.Dispatch;

namespace XenShell.Tests.Commands;

public sealed class CommandTableTests
{
    [Test]
    public void EveryWordMeansOneCommand() =>
        Assert.That(CommandTable.Product.All.SelectMany(command => command.Aliases.Append(command.Name)), Is.Unique);

    [Test]
    public void EveryVerbIsDoneByTheGateAndNoOther() =>
        Assert.That(XenShell.Gate.Verbs.VerbTable.Names, Is.EquivalentTo(CommandTable.Product.All.Select(command => command.Verb).OfType<string>().Where(verb => verb != "refused")));

    [Test]
    public void WhatCutsThePowerSaysWhatIsLost()
    {
        foreach (var command in CommandTable.Product.All.Where(command => command.Includes.Append(command.Name).Contains("poweroff")))
        {
            Assert.That(command.Help, Does.Contain("lost"), command.Name);
        }
    }

    // a row that was forgotten would run un-detached, unasked, and open to whoever may look
    [Test]
    public void WhatChangesTakesMoreThanTheRightToLook()
    {
        foreach (var command in CommandTable.Product.All)
        {
            Assert.That(command.OnlyLooks || command.Right > Rights.View, command.Name);
        }
    }

    [Test]
    public void EachAnswerOfTheShellsHasItsPrinter()
    {
        var answers = CommandTable.Product.ForPeople.SelectMany(command => command.Options.Select(option => option.Answer).OfType<Answer>().Append(command.Answer).Select(answer => (command.Name, answer))).ToList();
        Assert.That(Dispatcher.OwnNames, Is.EquivalentTo(answers.Where(row => row.answer == Answer.Own).Select(row => row.Name)));
        Assert.That(Dispatcher.DocumentNames, Is.EquivalentTo(answers.Where(row => row.answer == Answer.Document).Select(row => row.Name)));
    }

    // TU: a row that says nothing of its right is open to everybody
    [Test]
    public void NoRowAboutAGuestFallsThrough()
    {
        foreach (var command in CommandTable.Product.All.Where(command => command.Guest != GuestArgument.None && command.Verb is not null))
        {
            Assert.That(command.Right, Is.Not.EqualTo(Rights.None), command.Name);
            Assert.That(command.Children.Select(child => child.Right & command.Right), Is.All.EqualTo(command.Right), command.Name);
        }
    }

    // TU: a new row that nobody thought about
    [Test]
    public void ARowThatSaysNothingOfItIsAskedAboutAndRunsOutOfReach()
    {
        var row = new Command("x", "", "");
        Assert.That((row.OnlyLooks, row.IsAskedAbout), Is.EqualTo((false, true)));
    }

    [Test]
    public void WhatChangesAGuestNeedsARightAndAState()
    {
        foreach (var command in CommandTable.Product.ForPeople.Where(command => command.Guest == GuestArgument.One && !command.OnlyLooks))
        {
            Assert.That(command.Right, Is.Not.EqualTo(Rights.None), command.Name);
            Assert.That(command.States, Is.Not.Null, command.Name);
        }
    }

    // Each form of each command, by what a blacklist that takes one command away must close as well.
    [Test]
    public void ACommandIsClosedWithWhateverItDoes()
    {
        foreach (var command in CommandTable.Product.ForPeople)
        {
            var forms = command.Options.Select(option => new Invocation(command).With(option.Name))
                .Concat("abcdefghijklmnopqrstuvwxyz0123456789".Where(_ => command.Arguments.Contains(Arguments.Key)).Select(key => new Invocation(command).With(Arguments.Key, key)))
                .Append(new Invocation(command));
            foreach (var form in forms)
            {
                foreach (var effect in form.Effects)
                {
                    Assert.That(CommandTable.Product.Find(effect)?.Name, Is.EqualTo(effect), command.Name);
                    Assert.That(Blacklist.Parse(effect).Names(form), Is.True, $"{command.Name}: {effect}");
                }

                foreach (var other in CommandTable.Product.ForPeople.Where(other => !form.Effects.Contains(other.Name)))
                {
                    Assert.That(Blacklist.Parse(other.Name).Names(form), Is.False, $"{command.Name}: {other.Name}");
                }
            }
        }
    }

    // TU: what is closed by its name is had by another
    [TestCase("reboot", "sysreq web1 b")]
    [TestCase("poweroff", "sysreq web1 o")]
    [TestCase("poweroff", "shutdown web1 --force")]
    [TestCase("log", "console web1 --watch")]
    [TestCase("status", "info web1")]
    public void AnotherWayToTheSameIsClosedAsWell(string closed, string line) =>
        Assert.That(Blacklist.Parse(closed).Names(CommandLine.Parse(line.Split(' '))), Is.True);

    [Test]
    public void DocumentsAreHadAsJson() =>
        Assert.That(CommandTable.Product.ForPeople.Where(command => command.Answer == Answer.Document).Select(command => command.Options.Any(option => option.Name == "json")), Is.All.True);
}
