namespace XenShell.Core.Native;

/// <summary>Whether somebody may still use an account, by its line of shadow(5).</summary>
/// <param name="Password">The hash, or what stands in its place.</param>
/// <param name="Expires">The day, counted from 1970, from which on it is closed; negative for never.</param>
public sealed record AccountLock(string Password, long Expires)
{
    /// <summary>
    /// usermod -L and passwd -l put a '!' before what was there. An account that never had a password has one
    /// alone, which says nothing of its keys.
    /// </summary>
    public bool IsLocked => Password.Length > 1 && Password[0] == '!' && Password != "!!";

    /// <summary>As pam_unix counts.</summary>
    public bool IsExpired(DateTimeOffset now) => Expires >= 0 && now.ToUnixTimeSeconds() / (24 * 60 * 60) >= Expires;
}
