using System.Globalization;
using XenShell.Core;
using XenShell.Core.Access;
using XenShell.Core.Grants;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// Who called, found out by the gate itself.
///
/// 1. The gate MUST run as root, really and effectively (never by a setuid bit).
/// 2. sudo MUST have said who called: SUDO_UID in strict decimal, 1000 or above.
/// 3. passwd MUST know that uid under exactly one name, and it MUST be SUDO_USER.
/// 4. The name MUST be one that a policy file can name.
/// 5. It MUST be a tenant's account still: of the group, with our shell, not locked and not expired, and the key that
///    the session began with MUST be there still. sudo and sshd asked when the session began.
/// Any look-up that fails refuses. (sudo sets these variables itself, and env_reset drops the caller's.)
/// </summary>
/// <param name="Fingerprint">Of the key that the session began with; see <see cref="SessionKey"/>.</param>
internal sealed record Caller(Account Account, string? Fingerprint = null)
{
    private const uint FirstTenantUid = 1000; // Debian's FIRST_UID; below are the system's own accounts

    private const string Group = "xenshell"; // sudoers' and the sshd snippet's

    internal static Caller Identify(HostLayout layout, string? key)
    {
        if (layout.IsDemo)
        {
            // No sudo and no root in a demo: whoever runs it rules it.
            return new Caller(Accounts.ByUid(ThisProcess.RealUid) ?? throw Refuse("the demo's user has no account"));
        }

        if (ThisProcess.RealUid != 0 || ThisProcess.EffectiveUid != 0)
        {
            throw Refuse($"not root: uid {ThisProcess.RealUid}, effective {ThisProcess.EffectiveUid}");
        }

        if (ThisProcess.RealGid != 0 || ThisProcess.EffectiveGid != 0)
        {
            throw Refuse($"root, with the group {ThisProcess.RealGid}, effective {ThisProcess.EffectiveGid}");
        }

        return Identify(
            Environment.GetEnvironmentVariable("SUDO_UID"),
            Environment.GetEnvironmentVariable("SUDO_USER"),
            Accounts.ByUid,
            Accounts.NamesOf) with { Fingerprint = key };
    }

    internal static Caller Identify(string? sudoUid, string? sudoUser, Func<uint, Account?> byUid, Func<uint, IReadOnlyList<string>> namesOf)
    {
        if (sudoUid is null || sudoUser is null)
        {
            throw Refuse("not called through sudo");
        }

        if (!uint.TryParse(sudoUid, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            || uid.ToString(CultureInfo.InvariantCulture) != sudoUid)
        {
            throw Refuse("SUDO_UID is no number");
        }

        if (uid < FirstTenantUid)
        {
            throw Refuse($"uid {uid} is below {FirstTenantUid}");
        }

        var account = byUid(uid) ?? throw Refuse($"uid {uid} has no account");
        if (account.Name != sudoUser || account.Uid != uid || !Grantee.IsLogin(account.Name))
        {
            throw Refuse($"uid {uid} is not the account that SUDO_USER names, or its name is odd");
        }

        var names = namesOf(uid);
        return names.Any(name => name != account.Name)
            ? throw Refuse($"uid {uid} has several names: {string.Join(", ", names)}")
            : new Caller(account);
    }

    /// <summary>MUST 5: to be asked again by what lasts, and under a guest's lock.</summary>
    /// <exception cref="GateRefusal">It is no longer so.</exception>
    internal void RequireTenant(HostLayout layout)
    {
        if (layout.IsDemo)
        {
            return;
        }

        var account = Accounts.ByUid(Account.Uid);
        if (account?.Name != Account.Name)
        {
            throw Refuse($"uid {Account.Uid} is no longer {Account.Name}");
        }

        if (!Accounts.IsMember(account, Group))
        {
            throw Refuse($"{account.Name} is not of the group {Group}");
        }

        if (account.Shell != layout.Shell && account.Shell != layout.LoginShell)
        {
            throw Refuse($"the shell of {account.Name} is {account.Shell}");
        }

        var lockOf = Accounts.LockOf(account.Name);
        if (lockOf is { IsLocked: true } || lockOf?.IsExpired(DateTimeOffset.UtcNow) == true)
        {
            throw Refuse($"{account.Name} is {(lockOf.IsLocked ? "locked" : "expired")}");
        }

        if (Fingerprint is not null && !LoginKeys.Of(layout, account.Name).Any(key => key.Fingerprint == Fingerprint))
        {
            throw Refuse($"the key {Fingerprint} is not in {layout.KeysFolder}/{account.Name}");
        }
    }

    private static GateRefusal Refuse(string reason) =>
        new(ExitCode.NotAllowed, "you are not known here; please ask the administrator", reason);
}
