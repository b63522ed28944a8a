using XenShell.Core.Limits;
using XenShell.Gate.Power;

namespace XenShell.Tests.Gate.Power;

public sealed class KeptTests
{
    // TT: three guests whose boot loaders take their minute in turn: a fourth one's boot was given up in the line
    [Test]
    public void WhoeverWaitsWaitsForEachInTurn()
    {
        var clock = new Clock();
        var kept = new Kept(clock);
        for (var turn = 0; turn < 9; turn++)
        {
            kept.By(100 + (turn % 2));
            clock.Now += TimeSpan.FromSeconds(60);
            kept.By(100 + (turn % 2));
            Assert.That((kept.IsSo, kept.IsTooLong), Is.EqualTo((true, false)), $"{turn}");
        }
    }

    [Test]
    public void ButForNoneForEver()
    {
        var clock = new Clock();
        var kept = new Kept(clock);
        Assert.That((kept.IsSo, kept.IsTooLong), Is.EqualTo((false, false)));
        kept.By(100);
        clock.Now += Waits.Action + TimeSpan.FromSeconds(1);
        kept.By(100);
        Assert.That(kept.IsTooLong, Is.True);
        kept.NoMore();
        kept.By(100);
        Assert.That(kept.IsTooLong, Is.False, "what had the turn was ended, and another guest of the same process is next");
    }

    private sealed class Clock : TimeProvider
    {
        internal TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
