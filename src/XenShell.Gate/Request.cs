using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Commands;

namespace XenShell.Gate;

/// <summary>The gate's argv, parsed into the closed set of the command table.</summary>
internal static class Request
{
    internal static Invocation Parse(IReadOnlyList<string> arguments, AuditLog record)
    {
        if (arguments.Any(word => word.Length > (arguments[0] == "refused" ? GateLimits.RefusedLine : CommandLine.MaxWord)))
        {
            throw new GateRefusal(ExitCode.Usage, "an argument is too long; type 'help'", "an argument is too long");
        }

        if (arguments is ["refused", ..])
        {
            // The shell's courtesy: bad input leaves a record even where the gate would never have seen it.
            throw arguments is [_, _]
                ? new GateRefusal(ExitCode.Usage, "", "refused by the shell") { IsSilent = true }
                : new GateRefusal(ExitCode.Usage, "refused takes the line that was refused, as one argument", "refused without a line");
        }

        try
        {
            var invocation = CommandLine.ParseForGate(arguments);
            record.Describe(invocation);
            return invocation;
        }
        catch (UsageException e)
        {
            throw new GateRefusal(ExitCode.Usage, e.Message, e.Message);
        }
    }
}
