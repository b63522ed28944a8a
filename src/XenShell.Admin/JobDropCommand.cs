using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Jobs;
using XenShell.Core.Names;

namespace XenShell.Admin;

/// <summary>job drop: removes the old system that a job has put aside, before its time. There is no way back from that.</summary>
internal static class JobDropCommand
{
    internal static ExitCode Run(HostLayout layout, string id)
    {
        var store = new JobStore(layout);
        if (!JobId.IsValid(id) || store.Find(id) is not { } job)
        {
            return Say.NoSuchJob(id);
        }

        var record = AuditLog.OfTheHost(layout);
        record.Problem($"root drops what job {id} of {job.Guest} has put aside");
        var removed = HostReaper.Of(layout, store).Drop(job);
        foreach (var line in removed)
        {
            record.Problem(line);
            Say.Line(line);
        }

        if (removed.Count > 0)
        {
            return ExitCode.Done;
        }

        Say.Error($"job {id} keeps no old disk");
        return ExitCode.WrongState;
    }
}
