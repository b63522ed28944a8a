using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Jobs;

namespace XenShell.Admin;

/// <summary>reap: what the timer runs.</summary>
internal static class ReapCommand
{
    internal static ExitCode Run(HostLayout layout)
    {
        var record = AuditLog.OfTheHost(layout);
        var reaper = HostReaper.Of(layout, new JobStore(layout));
        var hasFailed = false;
        foreach (var (text, isFailure) in reaper.Run(DateTimeOffset.UtcNow.ToUnixTimeSeconds()))
        {
            hasFailed |= isFailure;
            record.Problem(text);
            if (isFailure)
            {
                Say.Error(text);
            }
            else
            {
                Say.Line(text);
            }
        }

        return hasFailed ? ExitCode.Failed : ExitCode.Done;
    }
}
