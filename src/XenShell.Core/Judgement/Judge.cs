using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Judgement;

/// <summary>
/// The one place that decides. Default deny; every answer names the policy line behind it, for the
/// record and never for the tenant.
/// </summary>
/// <param name="isMember">Whether an account is in a group; asked once of each pair, as one decision about 5,000 guests must see one answer.</param>
public sealed class Judge(Settings settings, Func<Account, string, bool> isMember)
{
    private readonly Dictionary<(string User, string Group), bool> members = [];

    /// <summary>The guests that the account may use this command on, by name.</summary>
    public IEnumerable<Standing> Open(Account account, Command command, GuestCatalog catalog)
    {
        var invocation = new Invocation(command);
        foreach (var guest in Concerned(account, catalog))
        {
            if (Decide(account, invocation, guest) is { Permitted: true } verdict)
            {
                yield return verdict.Standing!;
            }
        }
    }

    /// <summary>The guests that the account is anything to, by name.</summary>
    public IEnumerable<Standing> Own(Account account, GuestCatalog catalog)
    {
        foreach (var guest in Concerned(account, catalog))
        {
            if (Standing(account, guest) is { } standing && standing.Rights.HasFlag(Rights.View))
            {
                yield return standing;
            }
        }
    }

    // A host has thousands of guests, and most people one: of the others not even the record is made.
    private IReadOnlyList<Guest> Concerned(Account account, GuestCatalog catalog)
    {
        var isStaff = IsStaff(account);
        return catalog.Those((name, grants) => isStaff || (settings.NameGrants && name.Text == account.Name) || Covers(grants, account));
    }

    private bool Covers(IReadOnlyList<Grant> grants, Account account)
    {
        for (var i = 0; i < grants.Count; i++)
        {
            if (Covers(grants[i].Grantee, account))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsStaff(Account account) => settings.Support.Any(grantee => Covers(grantee, account));

    /// <param name="grantees">"bob", "%web".</param>
    public bool IsOneOf(Account account, IEnumerable<string> grantees) => grantees.Any(grantee => Covers(Grantee.Parse(grantee), account));

    /// <summary>Null when the account is nothing to the guest.</summary>
    public Standing? Standing(Account account, Guest guest)
    {
        var grants = guest.Grants.Where(grant => Covers(grant.Grantee, account)).ToList();
        if (settings.NameGrants && guest.Name.Text == account.Name)
        {
            grants.Add(new Grant(new Grantee(account.Name, IsGroup: false), Role.Owner, "name_grants"));
        }

        var isStaff = IsStaff(account);
        if (isStaff)
        {
            grants.Add(new Grant(new Grantee(account.Name, IsGroup: false), Role.Support, "support"));
        }

        return grants.Count == 0
            ? null
            : new Standing(
                guest,
                grants.Exists(g => g.Role == Role.Owner) ? Role.Owner : grants.Max(g => g.Role),
                grants.Aggregate(Rights.None, (all, grant) => all | RoleRights.Of(grant.Role)),
                isStaff,
                [.. grants.Select(grant => grant.Source)]);
    }

    /// <summary>May this account use this command on this guest, in its plain form?</summary>
    public Verdict Decide(Account account, Command command, GuestName name, GuestCatalog catalog) =>
        Decide(account, new Invocation(command), name, catalog);

    /// <summary>May this account have this done to the guest that it names?</summary>
    public Verdict Decide(Account account, Invocation invocation, GuestName name, GuestCatalog catalog) =>
        catalog.TryFind(name, out var guest) ? Decide(account, invocation, guest) : Verdict.Deny("no such guest");

    private Verdict Decide(Account account, Invocation invocation, Guest guest)
    {
        var command = invocation.Command;
        var standing = Standing(account, guest);
        if (standing is null || !standing.Rights.HasFlag(Rights.View))
        {
            return Verdict.Deny("no grant");
        }

        if (!standing.Rights.HasFlag(command.Right))
        {
            return Verdict.DenyRight(standing, $"needs the right {command.Right}, is {RoleRights.Word(standing.Role)}");
        }

        if (!standing.IsStaff && (settings.Blacklist.Names(invocation) || guest.Blacklist.Names(invocation)))
        {
            return Verdict.DenyRight(standing, "blacklisted");
        }

        return Verdict.Permit(standing);
    }

    /// <summary>May this account use a command that names no guest?</summary>
    public bool MayUse(Account account, Command command) =>
        !settings.Blacklist.Names(command) || settings.Support.Any(grantee => Covers(grantee, account));

    /// <summary>May this account put the image on this guest?</summary>
    public bool MayUse(Account account, Image image, Standing standing) =>
        image.IsFor(standing.Guest.Name)
        && (standing.IsStaff || image.Users.Count == 0 || image.Users.Any(grantee => Covers(grantee, account)));

    private bool Covers(Grantee grantee, Account account) =>
        grantee.IsGroup ? IsMember(account, grantee.Name) : grantee.Name == account.Name;

    private bool IsMember(Account account, string group) =>
        members.TryGetValue((account.Name, group), out var known)
            ? known
            : members[(account.Name, group)] = isMember(account, group);
}
