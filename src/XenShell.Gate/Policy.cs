using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.Guests;
using XenShell.Core.Judgement;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>Settings, guests and judge, as root's files say at this moment.</summary>
internal sealed record Policy(Settings Settings, GuestCatalog Catalog, Judge Judge)
{
    internal static Policy Read(HostLayout layout)
    {
        try
        {
            var settings = SettingsReader.Read(layout);
            var catalog = GuestCatalog.Read(layout, settings);
            ProblemRecord.OfGuests(layout, catalog.Problems);
            return new Policy(settings, catalog, new Judge(settings, Accounts.IsMember));
        }
        catch (ConfigurationException e)
        {
            throw new GateRefusal(ExitCode.Failed, "xen-shell is not set up correctly; please tell the administrator", e.Message);
        }
    }

    /// <summary>For staff: files that count for nothing; null when there are none.</summary>
    internal string[]? RefusedFiles(Caller caller, IReadOnlyList<FileProblem> problems) => problems.Any(problem => problem.IsRefusal) && Judge.IsStaff(caller.Account)
        ? [.. problems.Where(problem => problem.IsRefusal).Select(problem => problem.File).Distinct()]
        : null;

    /// <summary>Adds the guest where one is meant and none is named: the caller's only one.</summary>
    /// <exception cref="GateRefusal">There is none, or more than one.</exception>
    internal Invocation Complete(Caller caller, Invocation request)
    {
        if (request.Guest is not null || request.Command.Guest != GuestArgument.One)
        {
            return request;
        }

        try
        {
            var own = Judge.Own(caller.Account, Catalog).Select(standing => standing.Guest.Name.Text).ToList();
            return request with { Guest = GuestName.Parse(GuestChoice.Of(request.Command, own)) };
        }
        catch (UsageException e)
        {
            throw new GateRefusal(ExitCode.Usage, e.Message, e.Message);
        }
    }

    /// <returns>What the caller is to the named guest; null for a request that names none.</returns>
    /// <exception cref="GateRefusal">Not allowed.</exception>
    internal Standing? Decide(Caller caller, Invocation request)
    {
        var command = request.Command;
        if (request.Guest is not { } guest)
        {
            return Judge.MayUse(caller.Account, command)
                ? null
                : throw new GateRefusal(ExitCode.NotAllowed, $"{command.Name} is switched off on this host", "blacklisted");
        }

        var verdict = Judge.Decide(caller.Account, request, guest, Catalog);
        if (verdict.Permitted)
        {
            return verdict.Standing;
        }

        throw verdict.Standing is { } standing
            ? new GateRefusal(ExitCode.NotAllowed, $"{guest}: {command.Name} is not open to you as its {RoleRights.Word(standing.Role)}", verdict.Reason)
            : GateRefusal.NoSuchGuest(guest.Text, verdict.Reason);
    }
}
