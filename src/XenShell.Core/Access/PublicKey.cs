using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace XenShell.Core.Access;

/// <summary>
/// An ssh public key (RFC 4253, 6.6): its Base64 part says all, its type too, and has no character that
/// could mean anything in authorized_keys or on a command line.
/// </summary>
/// <param name="Type">"ssh-ed25519".</param>
/// <param name="Blob">Base64.</param>
public sealed record PublicKey(string Type, string Blob)
{
    private const int MinBytes = 50; // an ed25519 key has 51

    private static readonly string[] Types =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    public static bool TryParse(string blob, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        var bytes = new byte[blob.Length];
        if (!Convert.TryFromBase64String(blob, bytes, out var length) || length < MinBytes || Convert.ToBase64String(bytes, 0, length) != blob)
        {
            return false;
        }

        var type = Field(bytes.AsSpan(0, length));
        if (type is not null && Types.Contains(type) && HasWholeFields(bytes.AsSpan(0, length)))
        {
            key = new PublicKey(type, blob);
        }

        return key is not null;
    }

    /// <summary>"SHA256:" and 43 characters of Base64, as ssh-keygen -l prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(Sha256.Of(Convert.FromBase64String(Blob))).TrimEnd('=');

    /// <summary>As authorized_keys has it, with a remark.</summary>
    public string Line(string remark) => $"{Type} {Blob} {remark}";

    /// <summary>The keys in the text of an authorized_keys file; lines that are none are left out.</summary>
    public static IReadOnlyList<PublicKey> In(string text) =>
        [.. text.Split('\n').Select(OfLine).OfType<PublicKey>().Distinct()];

    // Options may stand before the type, with blanks in quotes; the key follows a type's word.
    private static PublicKey? OfLine(string line)
    {
        var words = line.TrimStart().StartsWith('#') ? [] : line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (Types.Contains(words[i]))
            {
                return TryParse(words[i + 1], out var key) && key.Type == words[i] ? key : null;
            }
        }

        return null;
    }

    private static string? Field(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && length <= 64 && length <= bytes.Length - 4
            ? Encoding.ASCII.GetString(bytes.Slice(4, (int)length))
            : null;

    private static bool HasWholeFields(ReadOnlySpan<byte> bytes)
    {
        var fields = 0;
        while (bytes.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && length <= bytes.Length - 4)
        {
            bytes = bytes[(4 + (int)length)..];
            fields++;
        }

        return bytes.IsEmpty && fields >= 2;
    }
}
