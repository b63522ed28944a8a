using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// "--check", for root alone: what is wrong with the configuration and the guests' files. sudo marks everybody that it lets
/// in, tenants too: whoever comes through it is no administrator here.
/// </summary>
internal static class Check
{
    internal static bool IsAsked(HostLayout layout, string[] arguments) =>
        arguments is ["--check"] && ThisProcess.EffectiveUid == layout.Owner && Environment.GetEnvironmentVariable("SUDO_UID") is null && Environment.GetEnvironmentVariable("SUDO_USER") is null;

    internal static ExitCode Run(HostLayout layout, Output output)
    {
        try
        {
            var policy = Policy.Read(layout);
            output.Quote(policy.Catalog.Problems.Select(problem => problem.ToString()));
            output.Say($"{policy.Catalog.Guests.Count} guest{(policy.Catalog.Guests.Count == 1 ? "" : "s")}, {policy.Catalog.Problems.Count} problem{(policy.Catalog.Problems.Count == 1 ? "" : "s")}");
            return policy.Catalog.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (GateRefusal refusal)
        {
            output.Complain(refusal.Reason);
            return refusal.Code;
        }
    }
}
