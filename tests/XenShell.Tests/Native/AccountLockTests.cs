using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class AccountLockTests
{
    private static readonly DateTimeOffset Day20000 = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [TestCase("!$y$j9T$abc", true)] // usermod -L, passwd -l
    [TestCase("!*", true)]
    [TestCase("!", false)] // never had a password; its keys are another matter
    [TestCase("!!", false)]
    [TestCase("*", false)]
    [TestCase("$y$j9T$abc", false)]
    [TestCase("", false)]
    public void AMarkBeforeAPasswordLocks(string password, bool isLocked) =>
        Assert.That(new AccountLock(password, -1).IsLocked, Is.EqualTo(isLocked));

    [TestCase(-1, false)]
    [TestCase(20_001, false)]
    [TestCase(20_000, true)]
    [TestCase(1, true)]
    [TestCase(0, true)]
    public void FromItsDayOnItIsExpired(long expires, bool isExpired) =>
        Assert.That(new AccountLock("*", expires).IsExpired(Day20000), Is.EqualTo(isExpired));
}
