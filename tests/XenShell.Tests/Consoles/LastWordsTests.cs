using XenShell.Core.Consoles;

namespace XenShell.Tests.Consoles;

public sealed class LastWordsTests
{
    private static readonly IEnumerable<string> Trace = Enumerable.Range(0, 60).Select(i => $"[    1.21]  step{i}+0x1/0x2");

    [Test]
    public void TheRootDeviceIsToldWhereThePartitionsAreListedBeforeThePanic()
    {
        var words = LastWords.Of([
            "[    1.10] /dev/root: Can't open blockdev",
            "[    1.11] VFS: Cannot open root device \"/dev/xvda9\" or unknown-block(0,0): error -6",
            "[    1.12] Please append a correct \"root=\" boot option; here are the available partitions:",
            "[    1.13] ca01  10485760 xvda1 driver: vbd",
            "[    1.14] List of all bdev filesystems:",
            "[    1.15]  ext3",
            "[    1.16]  ext4",
            "[    1.17]  vfat",
            "[    1.18] ",
            "[    1.19] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
            .. Trace,
        ]);
        Assert.That(words.Lines[0], Does.Contain("/dev/xvda9"));
        Assert.That(words.Lines, Has.Count.EqualTo(12).And.Some.Contains("Kernel panic"));
        Assert.That(words.Cause, Does.Contain("Unable to mount root fs"));
    }

    [Test]
    public void ABsdPanicIsOne()
    {
        var words = LastWords.Of([
            "Mounting from ufs:/dev/ada0p9 failed with error 19.",
            "mountroot> panic: mountroot: unable to mount root.",
            "cpuid = 0",
            "KDB: stack backtrace:",
            .. Trace,
            "Automatic reboot in 15 seconds",
        ]);
        Assert.That(words.Lines[0], Does.Contain("error 19"));
        Assert.That(words.Lines[1], Does.Contain("panic:"));
    }

    [TestCase("panic: cannot open disk, 0x400/0x2, error 6")]
    [TestCase("panic(cpu 0): pmap_load: no pmap")]
    [TestCase("[   1.0] panic: init died (signal 0, exit 255)")]
    public void OtherPanicsAre(string line) => Assert.That(LastWords.Of([line, "x"]).Cause, Is.EqualTo(line));

    [Test]
    public void WithoutAPanicTheLastLinesAreShown()
    {
        var words = LastWords.Of([.. Trace, "Power down."]);
        Assert.That(words.Lines, Has.Count.EqualTo(12));
        Assert.That(words.Lines[^1], Is.EqualTo("Power down."));
    }
}
