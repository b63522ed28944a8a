using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Json;
using XenShell.Core.Judgement;
using XenShell.Core.Reports;

namespace XenShell.Gate.Verbs;

/// <summary>guests, list, status, info, version: one JSON document each, of the caller's own guests only.</summary>
internal static class Queries
{
    // What the shell needs to be of use: a toolstack that does not answer, or a blacklist, must not hide it.
    internal static (ExitCode, string?) Guests(Act act) =>
        Print(act, new OwnGuestsReport([.. Visible(act).Select(own => new OwnGuest(own.Guest.Name.Text, RoleRights.Word(own.Role)))]));

    internal static (ExitCode, string?) List(Act act) => Report(act, Visible(act), (standing, seen) => new GuestReport(
        standing.Guest.Name.Text, seen.Word(standing.Guest.Name), RoleRights.Word(standing.Role)));

    internal static (ExitCode, string?) Status(Act act) =>
        Report(act, act.Standing is { } one ? [one] : Visible(act), (standing, seen) => Description.Of(act, standing, seen));

    internal static (ExitCode, string?) Info(Act act)
    {
        var report = new InfoReport(
            Description.Of(act, act.Standing!, new SeenDomains(act.States.Domains())),
            [.. CommandTable.Product.ForPeople.Where(command => IsOpen(act, command)).Select(command => command.Name)],
            act.Guest.Addresses,
            act.Guest.Memory,
            act.Guest.Vcpus);
        return Print(act, report);
    }

    internal static (ExitCode, string?) Version(Act act) =>
        Print(act, new VersionReport(HostLayout.Version, act.Toolstack.Version()));

    private static (ExitCode, string?) Report(Act act, List<Standing> standings, Func<Standing, SeenDomains, GuestReport> report)
    {
        var domains = standings.Count == 0
            ? [] // nobody to ask about: no reason to wait for the toolstack
            : act.States.Domains();
        var seen = new SeenDomains(domains);
        var guests = standings.Select(standing => report(standing, seen));
        return Print(act, new StatusReport([.. guests], act.Standing is null ? act.Policy.RefusedFiles(act.Caller, act.Policy.Catalog.Problems) : null));
    }

    private static List<Standing> Visible(Act act) => [.. act.Policy.Judge.Open(act.Caller.Account, act.Request.Command, act.Policy.Catalog)];

    private static bool IsOpen(Act act, Command command) =>
        command.Guest != GuestArgument.None
        && (command.Verb is null || act.Policy.Judge.Decide(act.Caller.Account, command, act.Name, act.Policy.Catalog).Permitted);

    private static (ExitCode, string?) Print(Act act, IJsonObject document)
    {
        act.Output.Document(document.Json());
        return (ExitCode.Done, null);
    }
}
