using XenShell.Core.Audit;

namespace XenShell.Tests.Audit;

/// <summary>TU: bad lines at 34 a second, from three prompts at once.</summary>
public sealed class LoginRatesTests
{
    private const uint Bob = 2000, Alice = 2001;

    [Test]
    public void TooManyRefusalsAreCountedAndToldWithTheNextOne()
    {
        using var host = new Scratch();
        var sessions = new[] { new LoginRates(host.Layout, Bob), new LoginRates(host.Layout, Bob), new LoginRates(host.Layout, Bob) };
        var written = Enumerable.Range(0, 300).Count(i => sessions[i % 3].TryRefuse(1000 + i, out _));
        Assert.That(written, Is.EqualTo(30));

        Assert.That(sessions[0].TryRefuse(10_000, out var folded), Is.True);
        Assert.That(folded, Is.EqualTo(270));
        Assert.That(sessions[1].TakeFolded(), Is.Zero, "told once");
    }

    [Test]
    public void WhatIsPermittedTellsThemToo()
    {
        using var host = new Scratch();
        var rates = new LoginRates(host.Layout, Bob);
        for (var i = 0; i < 35; i++)
        {
            rates.TryRefuse(1000, out _);
        }

        Assert.That(rates.TakeFolded(), Is.EqualTo(5));
        Assert.That(rates.TakeFolded(), Is.Zero);
    }

    [Test]
    public void OneLoginsRefusalsAreNoneOfAnothers()
    {
        using var host = new Scratch();
        for (var i = 0; i < 35; i++)
        {
            new LoginRates(host.Layout, Bob).TryRefuse(1000, out _);
        }

        Assert.That(new LoginRates(host.Layout, Alice).TryRefuse(1000, out var folded), Is.True);
        Assert.That(folded, Is.Zero);
    }

    [Test]
    public void ActsHaveALimitOfTheirOwn()
    {
        using var host = new Scratch();
        var rates = new LoginRates(host.Layout, Bob);
        Assert.That(Enumerable.Range(0, 200).Count(_ => rates.TryAct(1000)), Is.EqualTo(120));
        Assert.That(rates.TryRefuse(1000, out _), Is.True);
        Assert.That(rates.TryAct(3000), Is.True, "one a second");
    }

    [TestCase("x")]
    [TestCase("1 2 3 4 5")]
    public void WhatCannotBeReadCountsAsUsedUp(string line)
    {
        using var host = new Scratch();
        Directory.CreateDirectory(host.At("run/xen-shell/rates"));
        host.Write("run/xen-shell/rates/2000", line);
        var rates = new LoginRates(host.Layout, Bob);
        Assert.That(rates.TryAct(1000), Is.False);
        Assert.That(rates.TryRefuse(1000, out _), Is.False);
        Assert.That(rates.TryAct(3000), Is.True, "one a second comes back");
    }

    [Test]
    public void WhatCannotBeCountedIsWithinNoLimit()
    {
        using var host = new Scratch();
        Directory.CreateDirectory(host.At("run/xen-shell/rates/2000")); // no file
        Assert.That(new LoginRates(host.Layout, Bob).TryAct(1000), Is.False);
        Assert.That(new LoginRates(host.Layout, Bob).TryRefuse(1000, out _), Is.False);
    }
}
