using System.Text;
using System.Text.Encodings.Web;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Json;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Core.Reports;
using XenShell.Tenant.Console;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Dispatch;

/// <summary>Carries out one parsed command; the same for prompt and one-shot.</summary>
public static class Dispatcher
{
    // What the shell does alone.
    private static readonly Dictionary<string, Func<Session, Invocation, ExitCode>> Own = new(StringComparer.Ordinal)
    {
        [KnownCommands.Help.Name] = ShowHelp,
        [KnownCommands.Whoami.Name] = Whoami,
        [KnownCommands.Exit.Name] = (session, _) => session.Leave(),
        [KnownCommands.Control.Name] = Control,
    };

    // The gate's documents, laid out.
    private static readonly Dictionary<string, Func<Session, Invocation, ExitCode>> Documents = new(StringComparer.Ordinal)
    {
        [KnownCommands.List.Name] = Show(StatusReport.Parse, GuestTable.List),
        [KnownCommands.Status.Name] = Show(StatusReport.Parse, GuestTable.Status),
        [KnownCommands.Uptime.Name] = Show(StatusReport.Parse, GuestTable.Uptimes),
        [KnownCommands.Info.Name] = Show(InfoReport.Parse, InfoText.Of),
        [KnownCommands.Images.Name] = Show(ImagesReport.Parse, report => Wrapped.ToFit(Fd.Output, ImagesText.Of(report))),
        [KnownCommands.Reimage.Name] = Show(JobsReport.Parse, (report, invocation) => report.Jobs.Count > 0 ? JobText.Of(report.Jobs[0]) : "this guest has had no new system yet\n"),
        [KnownCommands.Jobs.Name] = Show(JobsReport.Parse, (report, invocation) => invocation.Has(Arguments.Job) ? JobText.Of(report.Jobs[0]) : JobText.List(report)),
        [KnownCommands.Version.Name] = ShowVersion,
        [KnownCommands.Log.Name] = (session, invocation) => WithGuest(session, invocation, named => ShowLogDocument(session, named)),
    };

    public static IEnumerable<string> OwnNames => Own.Keys;

    public static IEnumerable<string> DocumentNames => Documents.Keys;

    public static ExitCode Run(Session session, Invocation invocation)
    {
        var command = invocation.Command;
        if (command.Answer == Answer.Own)
        {
            return session.MayUse(command)
                ? Own[command.Name](session, invocation)
                : throw new RefusedException($"{command.Name} is switched off on this host");
        }

        // Where none is chosen, the gate finds the user's only one by itself.
        var complete = invocation.Guest is null && command.Guest != GuestArgument.None
            ? invocation with { Guest = session.Chosen }
            : invocation;
        if (complete.Destroys && !complete.Has(Confirmation.Option) && !complete.Has(Confirmation.Plan) && Question.CanBeAsked)
        {
            return WithGuest(session, complete, named => Question.AskAndRun(session, named));
        }

        return complete.Answer switch
        {
            Answer.Document => Documents[command.Name](session, complete),
            Answer.Console => WithGuest(session, complete, named => ConsoleCommand.Run(session, named)),
            _ => session.Gate.Run(complete),
        };
    }

    /// <summary>For what has to know the guest's name itself: the chosen one, or the user's only one.</summary>
    private static ExitCode WithGuest(Session session, Invocation invocation, Func<Invocation, ExitCode> run)
    {
        if (invocation.Guest is not null)
        {
            return run(invocation);
        }

        var (code, names) = session.Guests.Require();
        return code == ExitCode.Done
            ? run(invocation with { Guest = GuestName.Parse(GuestChoice.Of(invocation.Command, names)) })
            : code;
    }

    private static ExitCode ShowHelp(Session session, Invocation invocation)
    {
        if (invocation.Has(Arguments.Topic))
        {
            Tell.Line(Help.Of(invocation.Get(Arguments.Topic)));
        }
        else
        {
            Tell.Line(Help.List(session.Settings, session.Commands));
        }

        return ExitCode.Done;
    }

    private static ExitCode Whoami(Session session, Invocation invocation)
    {
        Tell.Line(invocation.Has("json")
            ? Text(new WhoamiReport(session.Account.Name))
            : session.Account.Name);
        return ExitCode.Done;
    }

    private static ExitCode ShowVersion(Session session, Invocation invocation)
    {
        var (code, bytes) = session.Gate.Query(invocation);
        var report = code == ExitCode.Done
            ? VersionReport.Parse(bytes)
            : new VersionReport(HostLayout.Version, null);
        Tell.Line(invocation.Has("json")
            ? Text(report)
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

    private static Func<Session, Invocation, ExitCode> Show<T>(Func<byte[], T> parse, Func<T, string> text) => Show(parse, (report, _) => text(report));

    private static Func<Session, Invocation, ExitCode> Show<T>(Func<byte[], T> parse, Func<T, Invocation, string> text) => (session, invocation) =>
    {
        var (code, bytes) = session.Gate.Query(invocation);
        if (code == ExitCode.Done)
        {
            Tell.Raw(invocation.Has("json") ? Encoding.UTF8.GetString(bytes) : text(parse(bytes), invocation));
        }

        return code;
    };

    private static ExitCode ShowLogDocument(Session session, Invocation invocation)
    {
        if (invocation.Has("follow"))
        {
            throw new UsageException("log takes --json or --follow, not both");
        }

        var (code, bytes) = session.Gate.Query(invocation);
        if (code == ExitCode.Done)
        {
            var text = Encoding.UTF8.GetString(bytes).TrimEnd('\n');
            var lines = text.Length == 0 ? [] : text.Split('\n');
            Tell.Line(Text(new LogReport(invocation.Guest!.Text, lines)));
        }

        return code;
    }

    // It may be read on a terminal: plain ASCII, whatever a guest has written.
    private static string Text(IJsonObject document) => Encoding.UTF8.GetString(document.Json(JavaScriptEncoder.Default));
}
