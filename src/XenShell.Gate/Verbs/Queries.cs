using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Grants;
using XenShell.Core.Reports;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>guests, list, status, info, version: one JSON document each, of the caller's own guests only.</summary>
internal static class Queries
{
    // What the shell needs to be of use: a toolstack that does not answer, or a blacklist, must not hide it.
    internal static (ExitCode, string?) Guests(Act act) =>
        Print(new OwnGuestsReport([.. Visible(act).Select(own => new OwnGuest(own.Guest.Name.Text, RoleRights.Word(own.Role)))]).Json());

    internal static (ExitCode, string?) List(Act act) => Report(act, Visible(act), (standing, domain) => new GuestReport(
        standing.Guest.Name.Text, Word(domain), RoleRights.Word(standing.Role)));

    internal static (ExitCode, string?) Status(Act act) =>
        Report(act, act.Standing is { } one ? [one] : Visible(act), (standing, domain) => Full(act, standing, domain));

    internal static (ExitCode, string?) Info(Act act)
    {
        var report = new InfoReport(
            Full(act, act.Standing!, act.States.Of(act.Name)),
            [.. CommandTable.ForPeople.Where(command => IsOpen(act, command)).Select(command => command.Name)],
            act.Guest.Addresses,
            act.Guest.Memory,
            act.Guest.Vcpus);
        return Print(JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.InfoReport));
    }

    internal static (ExitCode, string?) Version(Act act) =>
        Print(JsonSerializer.SerializeToUtf8Bytes(new VersionReport(HostLayout.Version, act.Toolstack.Version()), ReportJson.Default.VersionReport));

    private static (ExitCode, string?) Report(Act act, List<Standing> standings, Func<Standing, Domain?, GuestReport> report)
    {
        var domains = standings.Count == 0
            ? [] // nobody to ask about: no reason to wait for the toolstack
            : act.States.Domains().DistinctBy(domain => domain.Name).ToDictionary(domain => domain.Name, StringComparer.Ordinal);
        var isUnsure = domains.Values.Any(domain => domain.IsNameless);
        var guests = standings.Select(standing => domains.GetValueOrDefault(standing.Guest.Name.Text) is var domain && domain is null && isUnsure
            ? report(standing, null) with { State = "unknown" }
            : report(standing, domain));
        return Print(new StatusReport([.. guests], act.Standing is null ? act.Policy.RefusedFiles(act.Caller) : null).Json());
    }

    private static List<Standing> Visible(Act act) => [.. act.Policy.Judge.Open(act.Caller.Account, act.Request.Command, act.Policy.Catalog)];

    internal static GuestReport Full(Act act, Standing standing, Domain? domain) => new(
        standing.Guest.Name.Text,
        Word(domain),
        RoleRights.Word(standing.Role),
        domain?.Memory,
        domain?.Vcpus,
        domain?.CpuSeconds,
        domain?.Started is { } started ? Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - started) : null,
        ConsoleSeat.Holder(act.Layout, standing.Guest.Name));

    private static bool IsOpen(Act act, Command command) =>
        command.Guest != GuestArgument.None
        && (command.Verb is null || act.Policy.Judge.Decide(act.Caller.Account, command, act.Name, act.Policy.Catalog).Permitted);

    private static string Word(Domain? domain) => DomainStateWords.Of(domain?.State ?? DomainState.Off);

    private static (ExitCode, string?) Print(byte[] document)
    {
        Output.Document(document);
        return (ExitCode.Done, null);
    }
}
