using XenShell.Core.Names;

namespace XenShell.Tests.Names;

public sealed class WildcardTests
{
    [TestCase("*.cfg", "web1.cfg", true)]
    [TestCase("*.cfg", "web1.cfg~", false)]
    [TestCase("*.cfg", ".cfg", false)]
    [TestCase("*", "a", true)]
    [TestCase("*", ".a", false)]
    [TestCase("w?b*", "web1", true)]
    [TestCase("w?b", "wb", false)]
    [TestCase("a*b*c", "axxbyyc", true)]
    [TestCase("a*b*c", "axxbyy", false)]
    public void GlobsMatchAsInTheAncestor(string pattern, string name, bool matches) =>
        Assert.That(Wildcard.Matches(pattern, name), Is.EqualTo(matches));
}
