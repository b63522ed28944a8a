using XenShell.Core.Names;
using XenShell.Gate.Power;

namespace XenShell.Tests.Gate.Power;

/// <summary>How long others have waited for the boot loaders of one guest.</summary>
public sealed class LoaderTimeTests
{
    private Scratch host = null!;

    [SetUp]
    public void Setup() => host = new Scratch();

    [TearDown]
    public void TearDown() => host.Dispose();

    // GK: it reboots as soon as its boot loader has booted it, and each life would have a minute of its own
    [Test]
    public void LivesAddUp()
    {
        Assert.That(Add("web1", 7, 20), Is.Zero);
        Assert.That(Add("web1", 7, 50), Is.Zero, "the present one is none of the earlier ones");
        Assert.That(Add("web1", 8, 0), Is.EqualTo(50));
        Assert.That(Add("web1", 8, 40), Is.EqualTo(50));
        Assert.That(Add("web1", 8, 40), Is.EqualTo(50), "several wait for it");
        Assert.That(Add("web2", 9, 5), Is.Zero);
        Assert.That(Add("web1", 10, 5), Is.EqualTo(90));
    }

    [TestCase(3500, 100)]
    [TestCase(3700, 0)]
    [TestCase(-60, 0, Description = "somebody set the clock")]
    public void AnHourForgetsThem(int age, int earlier)
    {
        Add("web1", 7, 0);
        host.Write("run/xen-shell/loaders/web1", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - age} 60 7 40");
        Assert.That(Add("web1", 8, 1), Is.EqualTo(earlier));
    }

    [TestCase("")]
    [TestCase("1 2 3")]
    [TestCase("x y z w")]
    public void WhatCannotBeReadCountsForNothing(string text)
    {
        Add("web1", 7, 0);
        host.Write("run/xen-shell/loaders/web1", text);
        Assert.That(Add("web1", 8, 1), Is.Zero);
        Assert.That(Add("web1", 9, 1), Is.EqualTo(1));
    }

    private double Add(string guest, int domain, int seconds) =>
        LoaderTime.Add(host.Layout, GuestName.Parse(guest), (domain, TimeSpan.FromSeconds(seconds))).TotalSeconds;
}
