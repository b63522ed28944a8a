namespace XenShell.Core.Grants;

/// <summary>The rights that come with each role.</summary>
public static class RoleRights
{
    public static Rights Of(Role role) => role switch
    {
        Role.Viewer => Rights.View,
        Role.Operator => Rights.View | Rights.Power | Rights.Console,
        Role.Owner => Rights.View | Rights.Power | Rights.Console | Rights.Rdns | Rights.Reimage,
        Role.Support => Rights.View | Rights.Power | Rights.Console | Rights.Reimage,
        _ => Rights.None,
    };

    public static string Word(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Owner => "owner",
        _ => "support",
    };

    /// <summary>The rights of a role's word; none for a word that is none.</summary>
    public static Rights Of(string word) =>
        Enum.GetValues<Role>().Where(role => Word(role) == word).Select(Of).FirstOrDefault();
}
