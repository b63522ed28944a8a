namespace XenShell.Core.Grants;

/// <summary>One line of policy.</summary>
/// <param name="Source">"file:line" that it comes from.</param>
public sealed record Grant(Grantee Grantee, Role Role, string Source);
