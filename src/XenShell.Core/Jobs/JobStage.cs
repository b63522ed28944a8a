namespace XenShell.Core.Jobs;

/// <summary>How far a job has come, as its file says: what a crash left there decides what has to be done.</summary>
public enum JobStage
{
    /// <summary>In line behind others: nothing is made yet.</summary>
    Waiting,

    /// <summary>New volumes are made and filled; the guest's own are untouched.</summary>
    Building,

    /// <summary>The new volumes are whole, and wait for the guest to be off; its own are untouched.</summary>
    Built,

    /// <summary>Names are being swapped: the journal is the job's steps.</summary>
    Swapping,

    /// <summary>The swap is done.</summary>
    Done,

    /// <summary>Nothing has changed: it failed, or was cancelled.</summary>
    Failed,

    /// <summary>The same, by somebody's wish.</summary>
    Cancelled,

    /// <summary>An administrator has taken it off the list; the volumes are where they were then.</summary>
    Cleared,
}
