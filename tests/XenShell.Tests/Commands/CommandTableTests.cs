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

    [Test]
    public void QueriesTakeJson() =>
        Assert.That(CommandTable.All.Where(command => command.IsQuery).Select(command => command.Options.Any(option => option.Name == "json")), Is.All.True);
}
