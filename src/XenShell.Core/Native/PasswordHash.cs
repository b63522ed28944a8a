using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>crypt(3), as shadow(5) wants it.</summary>
public static unsafe class PasswordHash
{
    private const string Sha512 = "$6$"; // the oldest guests know it

    /// <param name="salt">Letters and digits, 16 at most.</param>
    public static string Of(string password, string salt)
    {
        var hash = Marshal.PtrToStringUTF8((nint)Libc.crypt(password, Sha512 + salt));
        return hash is { Length: > 20 } && hash[0] == '$' ? hash : throw new IOException("crypt: this host cannot hash a password");
    }
}
