using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class PasswordHashTests
{
    // as `openssl passwd -6 -salt saltstring 'Hello world!'` has it
    [Test]
    public void TheHashIsShadowsOwn() =>
        Assert.That(
            PasswordHash.Of("Hello world!", "saltstring"),
            Is.EqualTo("$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"));

    // a salt is the hash's frame: one that leaves it would choose the hash
    [Test]
    public void AHashThatCannotBeMadeIsAnError() => Assert.That(() => PasswordHash.Of("x", "a:b\n"), Throws.InstanceOf<IOException>());

    [Test]
    public void RandomTextIsTypedWithoutDoubt()
    {
        var text = RandomText.Of(20);
        Assert.That(text, Does.Match(@"\A[2-9a-hjkmnp-zA]{20}\z"));
        Assert.That(RandomText.Of(20), Is.Not.EqualTo(text));
    }
}
