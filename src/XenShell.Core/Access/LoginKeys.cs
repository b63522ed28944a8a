using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Access;

/// <summary>The keys that a user logs in to this host with: a file of root's, as the sshd snippet says.</summary>
public static class LoginKeys
{
    public const string All = "all", Login = "login";
    private const string Fingerprint = "SHA256:";

    /// <summary>What --key takes.</summary>
    public static bool IsChoice(string text) =>
        text is All or Login || IsFingerprint(text) || PublicKey.TryParse(text, out _);

    /// <summary>"SHA256:" and 43 characters of Base64, as ssh-keygen -l prints it.</summary>
    public static bool IsFingerprint(string text) =>
        text.StartsWith(Fingerprint, StringComparison.Ordinal) && text.Length == Fingerprint.Length + 43
        && text.AsSpan(Fingerprint.Length).IndexOfAnyExcept(Base64) < 0;

    private static readonly System.Buffers.SearchValues<char> Base64 =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>The user's keys; none when there is no file, or one that root's rules refuse.</summary>
    public static IReadOnlyList<PublicKey> Of(HostLayout layout, string user)
    {
        try
        {
            return PublicKey.In(Encoding.Latin1.GetString(layout.TrustedTree.Read($"{layout.KeysFolder}/{user}", Sizes.KeysFile).Bytes));
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            return [];
        }
    }
}
