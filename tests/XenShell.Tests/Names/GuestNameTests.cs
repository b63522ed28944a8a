using XenShell.Core.Names;

namespace XenShell.Tests.Names;

/// <summary>TU, CA: a name goes into a toolstack's argv, into a lock's path and into a log's path.</summary>
public sealed class GuestNameTests
{
    [TestCase("web1")]
    [TestCase("a")]
    [TestCase("1a")]
    [TestCase("web-1.example_com")]
    public void PlainNamesAreTaken(string name) => Assert.That(GuestName.TryParse(name, out _), Is.True);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("-a")]
    [TestCase("--help")]
    [TestCase(".hidden")]
    [TestCase("..")]
    [TestCase("a..b")]
    [TestCase("a/b")]
    [TestCase("a b")]
    [TestCase("a=b")]
    [TestCase("web1\n")]
    [TestCase("web1\0")]
    [TestCase("0")]
    [TestCase("12345")]
    [TestCase("\u0661\u0662a")]
    [TestCase("w\u0435b1")]
    [TestCase("Domain-0")]
    [TestCase("domain-0")]
    [TestCase("*")]
    [TestCase("'web1'")]
    public void OddNamesAreRefused(string? name) => Assert.That(GuestName.TryParse(name, out _), Is.False);

    [Test]
    public void ANameHasAtMost63Characters()
    {
        Assert.That(GuestName.TryParse(new string('a', 63), out _), Is.True);
        Assert.That(GuestName.TryParse(new string('a', 64), out _), Is.False);
    }
}
