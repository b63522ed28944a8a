using XenShell.Core;
using XenShell.Core.Audit;

namespace XenShell.Gate;

/// <summary>Tells the record why, and then the tenant what to do: the tenant's side could delay or prevent what comes after.</summary>
internal static class Refusals
{
    internal static ExitCode Report(AuditLog record, Output output, Exception e)
    {
        if (e is not GateRefusal refusal)
        {
            Write(record, ExitCode.Failed, $"{e.GetType().Name}: {e.Message}");
            output.Complain("something went wrong on this host; please tell its administrator");
            return ExitCode.Failed;
        }

        Write(record, refusal.Code, refusal.Reason);
        if (refusal.IsBrief)
        {
            output.ComplainBriefly(refusal.Message);
        }
        else if (!refusal.IsSilent)
        {
            output.Complain(refusal.Message);
        }

        return refusal.Code;
    }

    private static void Write(AuditLog record, ExitCode code, string reason)
    {
        if (record.HasAttempt)
        {
            record.Outcome(code, reason);
            return;
        }

        record.Refusal(reason);
    }
}
