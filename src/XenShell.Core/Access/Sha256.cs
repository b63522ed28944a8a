using System.Buffers.Binary;
using System.Numerics;

namespace XenShell.Core.Access;

/// <summary>
/// SHA-256 (FIPS 180-4), for the fingerprints of keys. The runtime's own loads OpenSSL, whose configuration and engines
/// would run as root at each call of the gate.
/// </summary>
internal static class Sha256
{
    private const int Block = 64;

    // 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes
    private static readonly uint[] Constants =
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    // 5.3.3: of the square roots of the first eight
    private static readonly uint[] Start =
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    /// <returns>32 bytes.</returns>
    internal static byte[] Of(ReadOnlySpan<byte> message)
    {
        var padded = new byte[(message.Length + 8 + Block) / Block * Block];
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), (ulong)message.Length * 8);

        var hash = Start.ToArray();
        for (var at = 0; at < padded.Length; at += Block)
        {
            Add(hash, padded.AsSpan(at, Block));
        }

        var result = new byte[32];
        for (var i = 0; i < hash.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(i * 4), hash[i]);
        }

        return result;
    }

    private static void Add(uint[] hash, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * 4)..]);
        }

        for (var t = 16; t < 64; t++)
        {
            w[t] = Rotations(w[t - 2], 17, 19, w[t - 2] >> 10) + w[t - 7] + Rotations(w[t - 15], 7, 18, w[t - 15] >> 3) + w[t - 16];
        }

        var (a, b, c, d, e, f, g, h) = (hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]);
        for (var t = 0; t < 64; t++)
        {
            var first = h + Rotations(e, 6, 11, BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Constants[t] + w[t];
            var second = Rotations(a, 2, 13, BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        uint[] added = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < added.Length; i++)
        {
            hash[i] += added[i];
        }
    }

    private static uint Rotations(uint word, int one, int two, uint third) =>
        BitOperations.RotateRight(word, one) ^ BitOperations.RotateRight(word, two) ^ third;
}
