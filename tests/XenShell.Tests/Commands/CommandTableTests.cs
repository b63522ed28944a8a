using XenShell.Core.Commands;
using XenShell.Core.Grants;

namespace XenShell.Tests.Commands;

public sealed class CommandTableTests
{
    [Test]
    public void EveryWordMeansOneCommand() =>
        Assert.That(CommandTable.All.SelectMany(command => command.Aliases.Append(command.Name)), Is.Unique);

    [Test]
    public void EveryVerbIsDoneByTheGateAndNoOther() =>
        Assert.That(XenShell.Gate.Verbs.VerbTable.Names, Is.EquivalentTo(CommandTable.All.Select(command => command.Verb).OfType<string>().Where(verb => verb != "refused")));

    [Test]
    public void WhatDestroysSaysSo() =>
        Assert.That(CommandTable.All.Where(command => command.Destroys).Select(command => command.Help), Is.All.Contain("lost"));

    [Test]
    public void WhatChangesAGuestNeedsARightAndAState()
    {
        foreach (var command in CommandTable.ForPeople.Where(command => command.Guest == GuestArgument.One && !command.IsQuery && command.Verb is not null))
        {
            Assert.That(command.Right, Is.Not.EqualTo(Rights.None), command.Name);
            Assert.That(command.States, Is.Not.Null, command.Name);
        }
    }

    // Each form of each command, by what a blacklist that takes one command away must close as well.
    [Test]
    public void ACommandIsClosedWithWhateverItDoes()
    {
        foreach (var command in CommandTable.ForPeople)
        {
            var forms = command.Options.Select(option => new Invocation(command) { Options = new Dictionary<string, int?> { [option.Name] = null } })
                .Concat("abcdefghijklmnopqrstuvwxyz0123456789".Where(_ => command.TakesKey).Select(key => new Invocation(command) { Key = key }))
                .Append(new Invocation(command));
            foreach (var form in forms)
            {
                foreach (var effect in form.Effects)
                {
                    Assert.That(CommandTable.Find(effect)?.Name, Is.EqualTo(effect), command.Name);
                    Assert.That(Blacklist.Parse(effect).Names(form), Is.True, $"{command.Name}: {effect}");
                }

                foreach (var other in CommandTable.ForPeople.Where(other => !form.Effects.Contains(other.Name)))
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
    public void QueriesTakeJson() =>
        Assert.That(CommandTable.All.Where(command => command.IsQuery).Select(command => command.Options.Any(option => option.Name == "json")), Is.All.True);
}
