namespace XenShell.Core.Grants;

/// <summary>One line of policy.</summary>
/// <param name="File">That it comes from, or the setting that grants it.</param>
/// <param name="Line">In that file; 0 for a setting.</param>
public sealed record Grant(Grantee Grantee, Role Role, string File, int Line = 0)
{
    /// <summary>"file:line", for the record.</summary>
    public string Source => Line > 0 ? $"{File}:{Line}" : File;
}
