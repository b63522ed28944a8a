using XenShell.Core.Limits;

namespace XenShell.Tests.Limits;

public sealed class AllowanceTests
{
    private static readonly Allowance ThreeAndOneAMinute = new(Burst: 3, PerMinute: 1);

    [Test]
    public void ABurstFitsAndThenOneAtATime()
    {
        var taken = default(Taken);
        Assert.That(Times(5, ref taken, 1_000_000), Is.EqualTo(3));
        Assert.That(Times(5, ref taken, 1_000_000 + 59_000), Is.Zero);
        Assert.That(Times(5, ref taken, 1_000_000 + 60_000), Is.EqualTo(1));
        Assert.That(Times(5, ref taken, 1_000_000 + 3_600_000), Is.EqualTo(3), "no more than a burst, however long it was quiet");
    }

    [Test]
    public void TryingAgainAndAgainCostsNothing()
    {
        var taken = default(Taken);
        Times(3, ref taken, 0);
        for (var now = 0; now < 60_000; now += 1000)
        {
            Assert.That(ThreeAndOneAMinute.TryTake(ref taken, now), Is.False);
        }

        Assert.That(ThreeAndOneAMinute.TryTake(ref taken, 60_001), Is.True);
    }

    private static int Times(int times, ref Taken taken, long now)
    {
        var done = 0;
        for (var i = 0; i < times; i++)
        {
            done += ThreeAndOneAMinute.TryTake(ref taken, now) ? 1 : 0;
        }

        return done;
    }
}
