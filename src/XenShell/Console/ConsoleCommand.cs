using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell.Console;

/// <summary>console, serial, and boot --console.</summary>
internal static class ConsoleCommand
{
    private static readonly Command Status = CommandTable.FindVerb("status")!;

    internal static ExitCode Run(Session session, Invocation invocation)
    {
        var guest = invocation.Guest!;
        if (invocation.Has("watch"))
        {
            return session.Gate.Run(invocation); // lines of the log: nothing to bridge
        }

        RequireTerminal($"{invocation.Command.Name} {guest}{(invocation.Has("console") ? " --console" : "")}");
        var (code, bytes) = session.Gate.Query(new Invocation(Status) { Guest = guest });
        if (code != ExitCode.Done)
        {
            return code;
        }

        var report = JsonSerializer.Deserialize(bytes, ReportJson.Default.StatusReport)!.Guests[0];
        var filter = report.Role == "support" && !invocation.Has("raw") ? new ConsoleFilter() : null;
        return new Bridge(session.Gate, invocation, filter).Run();
    }

    private static void RequireTerminal(string command)
    {
        if (!Terminal.IsTerminal(Fd.Input) || !Terminal.IsTerminal(Fd.Output))
        {
            throw new UsageException($"a console needs a terminal; try: ssh -t HOST {command}");
        }
    }
}
