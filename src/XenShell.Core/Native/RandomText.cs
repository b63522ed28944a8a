namespace XenShell.Core.Native;

/// <summary>Text that nobody can guess, from the kernel: the runtime's own source would load OpenSSL.</summary>
public static class RandomText
{
    // 32 of them, so that each byte gives each as often; none that is taken for another one.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyzA";

    /// <summary>Letters and digits, five bits each.</summary>
    public static string Of(int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        using var source = FileSystem.Open("/dev/urandom", Libc.O_RDONLY);
        if (source.Read(bytes) != length)
        {
            throw new IOException("/dev/urandom gave too little");
        }

        var text = new char[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = Alphabet[bytes[i] % Alphabet.Length];
        }

        return new string(text);
    }
}
