using XenShell.Worker.Building;

namespace XenShell.Tests.Worker;

/// <summary>What debootstrap says on its way.</summary>
public sealed class PackageCountTests
{
    [Test]
    public void APackageIsUnpackedAndConfigured()
    {
        var count = new PackageCount();
        var parts = new[]
        {
            "I: Retrieving InRelease", "I: Retrieving dpkg 1.21.22", "I: Validating dpkg 1.21.22",
            "I: Unpacking dpkg:amd64...", "I: Configuring dpkg:amd64...", "I: Unpacking the base system...", "I: Configuring libc-bin...", "I: Configuring systemd...",
        }.Select(count.Hear);
        Assert.That(parts, Is.EqualTo(new double?[] { null, null, null, 0.625, 0.75, 0.875, 1, 1 }));
    }

    [TestCase("I: Unpacking dpkg:amd64...")]
    [TestCase("Done")]
    public void WhatFetchesNothingCountsNothing(string line) => Assert.That(new PackageCount().Hear(line), Is.Null);
}
