using XenShell.Core.Limits;

namespace XenShell.Gate.Power;

/// <summary>
/// How long a domain that is to be made has waited for its turn: for one and the same process, as several that take theirs one
/// after the other get on.
/// </summary>
internal sealed class Kept(TimeProvider clock)
{
    private long? since;
    private int keeper;

    /// <summary>It waits.</summary>
    internal bool IsSo => since is not null;

    /// <param name="pid">What has the turn.</param>
    internal void By(int pid)
    {
        if (pid != keeper)
        {
            NoMore();
        }

        keeper = pid;
        since ??= clock.GetTimestamp();
    }

    /// <summary>The turn has come, or what had it was ended.</summary>
    internal void NoMore() => since = null;

    internal bool IsTooLong => since is { } start && clock.GetElapsedTime(start) > Waits.Action;
}
