using XenShell.Core;
using XenShell.Core.Audit;

namespace XenShell.Gate;

/// <summary>Tells the tenant what to do and the record why.</summary>
internal static class Refusals
{
    internal static ExitCode Report(AuditLog record, GateRefusal refusal)
    {
        if (!refusal.IsSilent)
        {
            Output.Complain(refusal.Message);
        }

        Write(record, refusal.Code, refusal.Reason);
        return refusal.Code;
    }

    internal static ExitCode Report(AuditLog record, Exception unexpected)
    {
        Output.Complain("something went wrong on this host; please tell its administrator");
        Write(record, ExitCode.Failed, $"{unexpected.GetType().Name}: {unexpected.Message}");
        return ExitCode.Failed;
    }

    private static void Write(AuditLog record, ExitCode code, string reason)
    {
        if (record.HasAttempt)
        {
            record.Outcome(code, reason);
            return;
        }

        try
        {
            record.Attempt(permitted: false, reason);
        }
        catch (IOException)
        {
            // Nothing is done anyway, and syslog has the line.
        }
    }
}
