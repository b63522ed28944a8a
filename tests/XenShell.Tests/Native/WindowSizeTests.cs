using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class WindowSizeTests
{
    // TU: a window of 65535×65535 cost 140 MiB a screen
    [TestCase(65535, 65535, 300, 600)]
    [TestCase(0, 0, 24, 80)]
    [TestCase(0, 132, 24, 132)]
    [TestCase(50, 200, 50, 200)]
    public void AClaimedSizeIsOneThatCanBeDrawn(int rows, int columns, int realRows, int realColumns) =>
        Assert.That(WindowSize.FromClaim(rows, columns), Is.EqualTo(new WindowSize(realRows, realColumns)));
}
