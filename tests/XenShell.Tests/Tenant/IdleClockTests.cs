using XenShell.Tenant.Sessions;

namespace XenShell.Tests.Tenant;

public sealed class IdleClockTests
{
    [Test]
    public void WithoutALimitTimeIsNeverUp()
    {
        var clock = new IdleClock(null);
        Assert.That(clock.IsUp, Is.False);
        Assert.That(clock.Left, Is.EqualTo(Timeout.InfiniteTimeSpan));
    }

    [Test]
    public void AKeyBeginsTheTimeAnew()
    {
        var clock = new IdleClock(TimeSpan.FromHours(1));
        clock.Touch();
        Assert.That(clock.IsUp, Is.False);
        Assert.That(clock.Left, Is.InRange(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1)));
    }

    [Test]
    public void WhenTimeIsUpNothingIsLeft()
    {
        var clock = new IdleClock(TimeSpan.Zero);
        Assert.That(clock.IsUp);
        Assert.That(clock.Left, Is.EqualTo(TimeSpan.Zero));
    }
}
