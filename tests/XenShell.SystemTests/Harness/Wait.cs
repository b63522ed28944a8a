using System.Diagnostics;

namespace XenShell.SystemTests.Harness;

public static class Wait
{
    // How often to look where there is no event to wait for (another machine's state, over ssh).
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until it is so; fails the test when it is not in time.</summary>
    public static void Until(string what, TimeSpan limit, Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > limit)
            {
                Assert.Fail($"not so after {limit.TotalSeconds:0} s: {what}");
            }

            Thread.Sleep(Step);
        }
    }
}
