using XenShell.Core.Jobs;

namespace XenShell.Gate.Reimaging;

/// <summary>
/// What jobs have put aside, and the caller may bring back. Who was no owner when it was put aside gets nothing of it, also where
/// somebody who was is an owner still.
/// </summary>
internal static class OldSystems
{
    /// <param name="jobs">That the caller may see.</param>
    /// <param name="isKept">Something is kept, for the caller or for others.</param>
    internal static IReadOnlyList<Job> Of(Act act, IEnumerable<Job> jobs, out bool isKept)
    {
        List<Job> kept = [.. UndoSearch.Among(act.Layout, jobs, DateTimeOffset.UtcNow.ToUnixTimeSeconds())];
        isKept = kept.Count > 0;
        var (judge, account) = (act.Policy.Judge, act.Caller.Account);
        return [.. kept.Where(job => judge.IsStaff(account) || judge.IsOneOf(account, job.OwnersOfOld))];
    }
}
