namespace XenShell.Core.Judgement;

/// <summary>The judge's answer.</summary>
/// <param name="Standing">What the user is to the guest; null when the guest must not be seen at all.</param>
/// <param name="Reason">For the record.</param>
public sealed record Verdict(bool Permitted, Standing? Standing, string Reason)
{
    public static Verdict Permit(Standing standing) => new(true, standing, string.Join(", ", standing.Sources));

    /// <summary>The guest is not there or not the user's: the tenant gets one answer for both.</summary>
    public static Verdict Deny(string reason) => new(false, null, reason);

    /// <summary>The user sees the guest but lacks this right.</summary>
    public static Verdict DenyRight(Standing standing, string reason) => new(false, standing, reason);
}
