using System.Text.Json;
using XenShell.Console;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Guests;
using XenShell.Core.Reports;

namespace XenShell;

/// <summary>Carries out one parsed command; the same for prompt and one-shot.</summary>
internal static class Dispatcher
{
    internal static ExitCode Run(Session session, Invocation invocation)
    {
        if (invocation.Command.Verb is null && !session.MayUse(invocation.Command))
        {
            throw new RefusedException($"{invocation.Command.Name} is switched off on this host");
        }

        if (FindGuest(session, invocation, out var complete) is var code and not ExitCode.Done)
        {
            return code;
        }

        return complete.Command.Name switch
        {
            "help" => ShowHelp(session, complete),
            "whoami" => Whoami(session, complete),
            "version" => ShowVersion(session, complete),
            "exit" => ExitCode.Done,
            "control" => Control(session, complete),
            "list" or "status" or "uptime" => ShowGuests(session, complete),
            "info" => ShowInfo(session, complete),
            "log" => ShowLog(session, complete),
            "console" => ConsoleCommand.Run(session, complete),
            "boot" when complete.Has("console") => ConsoleCommand.Run(session, complete),
            _ => session.Gate.Run(complete),
        };
    }

    /// <summary>Adds the guest that was not named: the chosen one, or the user's only one.</summary>
    /// <returns>Not Done when the gate could not say which guests there are.</returns>
    private static ExitCode FindGuest(Session session, Invocation invocation, out Invocation complete)
    {
        var command = invocation.Command;
        complete = invocation.Guest is null && command.Guest != GuestArgument.None && command.Name != "control"
            ? invocation with { Guest = session.Chosen }
            : invocation;
        if (complete.Guest is not null || command.Guest != GuestArgument.One || command.Name == "control")
        {
            return ExitCode.Done;
        }

        var (code, names) = session.Guests.Require();
        if (code == ExitCode.Done)
        {
            complete = complete with { Guest = TheOnlyOne(command, names) };
        }

        return code;
    }

    private static GuestName TheOnlyOne(Command command, IReadOnlyList<string> names) => names switch
    {
        [var only] => GuestName.Parse(only),
        [] => throw new UsageException("no guest is granted to you; please ask your provider"),
        var several => throw new UsageException($"which guest? '{command.Name} GUEST{(command.TakesKey ? " KEY" : "")}', with one of: {string.Join(", ", several)}"),
    };

    private static ExitCode ShowHelp(Session session, Invocation invocation)
    {
        if (invocation.Topic is { } topic)
        {
            Tell.Line(Help.Of(topic));
        }
        else
        {
            Help.List(session.Settings);
        }

        return ExitCode.Done;
    }

    private static ExitCode Whoami(Session session, Invocation invocation)
    {
        Tell.Line(invocation.Has("json")
            ? JsonSerializer.Serialize(new WhoamiReport(session.Account.Name), ReportJson.Default.WhoamiReport)
            : session.Account.Name);
        return ExitCode.Done;
    }

    private static ExitCode ShowVersion(Session session, Invocation invocation)
    {
        var (code, bytes) = session.Gate.Query(invocation);
        var report = code == ExitCode.Done
            ? JsonSerializer.Deserialize(bytes, ReportJson.Default.VersionReport)!
            : new VersionReport(HostLayout.Version, null);
        Tell.Line(invocation.Has("json")
            ? JsonSerializer.Serialize(report, ReportJson.Default.VersionReport)
            : $"{Banner(session)}xen-shell {report.XenShell}, Xen {report.Xen ?? "unknown"}");
        return code;
    }

    // The default one says what the next line says.
    private static string Banner(Session session) =>
        session.Settings.Banner == Settings.DefaultBanner ? "" : session.Settings.Banner + "\n";

    private static ExitCode Control(Session session, Invocation invocation)
    {
        if (invocation.Guest is { } guest)
        {
            return session.Choose(guest.Text);
        }

        Tell.Line(session.Chosen is { } chosen ? $"{chosen} is chosen" : "no guest is chosen; 'control GUEST' chooses one");
        return ExitCode.Done;
    }

    private static ExitCode ShowGuests(Session session, Invocation invocation)
    {
        var (code, bytes) = session.Gate.Query(invocation);
        if (code != ExitCode.Done)
        {
            return code;
        }

        var report = JsonSerializer.Deserialize(bytes, ReportJson.Default.StatusReport)!;
        Tell.Raw(invocation.Has("json")
            ? JsonSerializer.Serialize(report, ReportJson.Default.StatusReport) + "\n"
            : GuestTable.Of(invocation.Command.Name, report));
        return ExitCode.Done;
    }

    private static ExitCode ShowInfo(Session session, Invocation invocation)
    {
        var (code, bytes) = session.Gate.Query(invocation);
        if (code == ExitCode.Done)
        {
            var report = JsonSerializer.Deserialize(bytes, ReportJson.Default.InfoReport)!;
            Tell.Raw(invocation.Has("json")
                ? JsonSerializer.Serialize(report, ReportJson.Default.InfoReport) + "\n"
                : InfoText.Of(report));
        }

        return code;
    }

    private static ExitCode ShowLog(Session session, Invocation invocation)
    {
        if (!invocation.Has("json"))
        {
            return session.Gate.Run(invocation);
        }

        if (invocation.Has("follow"))
        {
            throw new UsageException("log takes --json or --follow, not both");
        }

        var (code, bytes) = session.Gate.Query(invocation);
        if (code == ExitCode.Done)
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\n');
            var lines = text.Length == 0 ? [] : text.Split('\n');
            Tell.Line(JsonSerializer.Serialize(new LogReport(invocation.Guest!.Text, lines), ReportJson.Default.LogReport));
        }

        return code;
    }
}
