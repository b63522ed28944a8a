namespace XenShell.Core.Jobs;

/// <summary>How jobs are called before people and in documents.</summary>
public static class JobWords
{
    public static string Of(JobKind kind) => kind == JobKind.Undo ? "undo" : "reimage";

    /// <param name="isAlive">Its worker is.</param>
    public static string Of(Job job, bool isAlive) => job.Stage switch
    {
        JobStage.Waiting => isAlive ? "waiting" : "interrupted",
        JobStage.Built => isAlive ? "built" : "interrupted",
        JobStage.Building => isAlive ? "building" : "interrupted",
        JobStage.Swapping => isAlive ? "swapping" : "half-done",
        JobStage.Done => "done",
        JobStage.Failed => "failed",
        JobStage.Cancelled => "cancelled",
        _ => "cleared",
    };
}
