using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell.Console;

/// <summary>console, serial, and boot --console.</summary>
internal static class ConsoleCommand
{
    private static readonly Command Status = CommandTable.FindVerb("status")!;
    private static readonly Command Log = CommandTable.FindVerb("log")!;
    private const int WatchedLines = 10; // enough to see where one is

    internal static ExitCode Run(Session session, Invocation invocation)
    {
        var guest = invocation.Guest!;
        if (invocation.Has("watch"))
        {
            return Watch(session, guest);
        }

        RequireTerminal($"console {guest}");
        var (code, bytes) = session.Gate.Query(new Invocation(Status) { Guest = guest });
        if (code != ExitCode.Done)
        {
            return code;
        }

        var report = JsonSerializer.Deserialize(bytes, ReportJson.Default.StatusReport)!.Guests[0];
        var filter = report.Role == "support" && !invocation.Has("raw") ? new ConsoleFilter() : null;
        return new Bridge(session.Gate, invocation, filter).Run();
    }

    internal static ExitCode BootAndAttach(Session session, Invocation invocation)
    {
        RequireTerminal($"boot {invocation.Guest} --console");

        // Its first seconds are on the console for all to see: no need to watch them twice.
        var boot = invocation with { Options = new Dictionary<string, int?> { ["no-wait"] = null } };
        var code = session.Gate.Run(boot);
        return code == ExitCode.Done
            ? Run(session, new Invocation(CommandTable.FindVerb("console")!) { Guest = invocation.Guest })
            : code;
    }

    private static void RequireTerminal(string command)
    {
        if (!Terminal.IsTerminal(Fd.Input) || !Terminal.IsTerminal(Fd.Output))
        {
            throw new UsageException($"a console needs a terminal; try: ssh -t HOST {command}");
        }
    }

    // Xen allows one client on a console; everybody else reads its log.
    private static ExitCode Watch(Session session, GuestName guest)
    {
        Tell.Line($"watching {guest}; Ctrl-C ends it");
        return session.Gate.Run(new Invocation(Log)
        {
            Guest = guest,
            Options = new Dictionary<string, int?> { ["follow"] = null, ["lines"] = WatchedLines },
        });
    }
}
