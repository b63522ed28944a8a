namespace XenShell.Core.Grants;

/// <summary>What a user is to a guest.</summary>
public enum Role
{
    Viewer,
    Operator,
    Owner,
    Support,
}
