using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Commands;
using XenShell.Core.Judgement;

namespace XenShell.Gate;

/// <summary>MUST 5 of Program.cs: what is permitted goes on record, and no tenant fills that with acts.</summary>
internal static class CallerPace
{
    /// <exception cref="GateRefusal">Too many acts of this tenant's within a few minutes.</exception>
    internal static void Record(HostLayout layout, Caller caller, Invocation request, Standing? standing, AuditLog record)
    {
        var reason = standing is null ? "any tenant" : string.Join(", ", standing.Sources);
        if (request.OnlyLooks)
        {
            record.Look(reason);
            return;
        }

        // Staff may have all guests of the host to see to.
        if (standing is not { IsStaff: true } && !new LoginRates(layout, caller.Account.Uid).TryAct(Environment.TickCount64))
        {
            throw new GateRefusal(ExitCode.Busy, "too many commands within a few minutes; wait a minute, then go on", "too many acts");
        }

        record.Act(reason);
    }
}
