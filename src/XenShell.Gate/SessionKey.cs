using XenShell.Core.Access;

namespace XenShell.Gate;

/// <summary>
/// "--key SHA256:…" before the verb: the key that sshd let the caller in by, as the caller's shell says. It can
/// lie, and whoever breaks out of it can leave that away; to everybody else, a key that is removed ends what it began.
/// </summary>
internal static class SessionKey
{
    /// <returns>The fingerprint, or null, and the words that are left.</returns>
    internal static (string? Fingerprint, string[] Words) Take(string[] arguments) =>
        arguments is ["--key", var key, .. var rest] && LoginKeys.IsFingerprint(key) ? (key, rest) : (null, arguments);
}
