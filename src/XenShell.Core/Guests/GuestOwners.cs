using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using XenShell.Core.Native;

namespace XenShell.Core.Guests;

/// <summary>Whose a guest is. When none of its owners is left, its name has a new life, and what was before is nobody's.</summary>
public static class GuestOwners
{
    /// <summary>As its grants name them: "bob", "%web".</summary>
    public static string[] Of(Settings settings, Guest guest) =>
        [.. guest.Grants.Where(grant => grant.Role == Role.Owner).Select(grant => grant.Grantee.ToString())
            .Concat(settings.NameGrants && Accounts.Exist(guest.Name.Text) ? [guest.Name.Text] : [])
            .Distinct().Order(StringComparer.Ordinal)];
}
