using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>The passwd and group databases, through NSS.</summary>
public static class Accounts
{
    /// <summary>The account of a uid, or null.</summary>
    public static Account? ByUid(uint uid) => From(Syscall.getpwuid(uid));

    public static bool Exist(string name) => Syscall.getpwnam(name) is not null;

    /// <summary>Every account name that has this uid; NSS sources that cannot be listed are not seen.</summary>
    /// <exception cref="IOException">The list could not be read to its end.</exception>
    public static IReadOnlyList<string> NamesOf(uint uid)
    {
        var names = new List<string>();
        _ = Syscall.setpwent();
        while (Syscall.getpwent() is { } entry)
        {
            if (entry.pw_uid == uid && entry.pw_name is { } name)
            {
                names.Add(name);
            }
        }

        var error = Stdlib.GetLastError();
        _ = Syscall.endpwent();
        if (error is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EIO)
        {
            throw new IOException($"getpwent: {error}"); // a name may be missing from the list
        }

        return names;
    }

    /// <summary>The account's primary group or a membership listed in the group.</summary>
    public static bool IsMember(Account account, string group) =>
        Syscall.getgrnam(group) is { } entry
        && (entry.gr_gid == account.Gid || entry.gr_mem?.Contains(account.Name) == true);

    /// <summary>The account's line of shadow, which takes root; null where there is none, as for accounts of a directory.</summary>
    public static unsafe AccountLock? LockOf(string name)
    {
        var entry = Libc.getspnam(name);
        return entry is null ? null : new AccountLock(Marshal.PtrToStringUTF8((nint)entry->sp_pwdp) ?? "", entry->sp_expire);
    }

    private static Account? From(Passwd? entry) =>
        entry is { pw_name: { } name, pw_dir: { } home, pw_shell: { } shell } ? new Account(name, entry.pw_uid, entry.pw_gid, home, shell) : null;
}
