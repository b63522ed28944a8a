using XenShell.Core.Domains;
using XenShell.Core.Names;

namespace XenShell.Tests.Domains;

/// <summary>What people are told of a guest that no domain has the name of.</summary>
public sealed class SeenDomainsTests
{
    private static readonly GuestName Web1 = GuestName.Parse("web1");

    [Test]
    public void WithoutADomainItIsOff() => Assert.That(new SeenDomains([Of("web2", DomainState.Running)]).Word(Web1), Is.EqualTo("off"));

    [Test]
    public void ItsDomainIsIt() => Assert.That(new SeenDomains([Of("(null)", DomainState.Running), Of("web1", DomainState.Paused)]).Word(Web1), Is.EqualTo("paused"));

    [TestCase(DomainState.Running, "unknown")]
    [TestCase(DomainState.Dying, "off")]
    public void WhileOneWithoutANameRunsNobodyKnows(DomainState state, string word) =>
        Assert.That(new SeenDomains([Of("(null)", DomainState.Dying), Of("(null)", state)]).Word(Web1), Is.EqualTo(word));

    private static Domain Of(string name, DomainState state) => new(name, 3, 96, 1, state, 0);
}
