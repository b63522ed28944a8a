using XenShell.Core.Reports;
using XenShell.Screen.Feed;

namespace XenShell.Tests.Screen;

public sealed class GuestHistoryTests
{
    [Test]
    public void RatesAreDifferencesOverTime()
    {
        var history = new GuestHistory();
        history.Add(Look(cpu: 1, received: 1000), 0, 0);
        history.Add(Look(cpu: 2, received: 3000), 2000, 2000);
        Assert.That(history.Cpu.Last, Is.EqualTo(50));
        Assert.That(history.NetIn.Last, Is.EqualTo(1000));
    }

    // many sessions share a snapshot, and look at it when it suits them
    [Test]
    public void TwoLooksAtTheSameCountersKeepTheRate()
    {
        var history = new GuestHistory();
        history.Add(Look(cpu: 1, received: 1000), 0, 0);
        history.Add(Look(cpu: 2, received: 3000), 2000, 2000);
        history.Add(Look(cpu: 2, received: 3000), 2000, 2000);
        Assert.That(history.Cpu.Last, Is.EqualTo(50));
        Assert.That(history.NetIn.Last, Is.EqualTo(1000));
        history.Add(Look(cpu: 2, received: 3000), 4000, 4000);
        Assert.That(history.NetIn.Last, Is.Zero);
    }

    [Test]
    public void ACounterThatBeganAnewTellsNothing()
    {
        var history = new GuestHistory();
        history.Add(Look(cpu: 90, received: 5000), 0, 0);
        history.Add(Look(cpu: 1, received: 10), 2000, 2000);
        Assert.That(history.Cpu.Last, Is.Null);
        Assert.That(history.NetIn.Last, Is.Null);
        Assert.That(history.Network, Is.EqualTo(-1));
    }

    [Test]
    public void AGraphShowsTheNewestOnTheRightAndBlanksWhereNothingIsKnown()
    {
        var series = new Series(3);
        foreach (var value in (double?[])[9, null, 0, 100])
        {
            series.Add(value);
        }

        Assert.That(series.Graph(5, full: 100), Is.EqualTo("   ▁█"));
        Assert.That(series.Graph(1, full: 200), Is.EqualTo("▅"));
        Assert.That(series.Graph(0, full: 1), Is.Empty);
        Assert.That(new Series(3).Graph(4, full: 1), Is.EqualTo("    "));
    }

    private static WatchedGuest Look(double cpu, long received) =>
        new(new GuestReport("a", "running", "owner", CpuSeconds: cpu), NetIn: received, NetOut: received);
}
