using System.Text;
using XenShell.Core.Access;
using XenShell.Core.Native;
using XenShell.Tenant;

namespace XenShell;

/// <summary>The file that sshd leaves for a session (ExposeAuthInfo, sshd_config(5)): "publickey TYPE BASE64" among its lines.</summary>
internal static class SshUserAuth
{
    /// <returns>Of the first key; null where there is none. A certificate is none: no file lists it.</returns>
    internal static string? Fingerprint(string path)
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            return file is { IsRegularFile: true } && file.ReadAll(TenantLimits.UserAuth) is { } bytes
                && PublicKey.In(Encoding.Latin1.GetString(bytes)) is [var key, ..]
                ? key.Fingerprint
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
