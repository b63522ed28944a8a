using System.Text;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// What the gate says. The other end belongs to the tenant and may read slowly, never or be gone: no
/// write waits longer than a moment, and a lost one stops nothing.
/// </summary>
internal static class Output
{
    // A tenant that stops reading must not hold up root; a slow line takes 512 bytes in far less.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int Chunk = 512; // PIPE_BUF at least: what poll promised is written without waiting

    private static bool isLost;

    /// <summary>A line on standard output.</summary>
    internal static void Say(string line) => Write(Fd.Output, Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>A line on standard error.</summary>
    internal static void Complain(string line) => Write(Fd.Error, Encoding.UTF8.GetBytes($"xen-shell: {line}\n"));

    /// <summary>A document on standard output.</summary>
    internal static void Document(byte[] json) => Write(Fd.Output, [.. json, (byte)'\n']);

    /// <summary>False once the reader is gone or has stopped reading.</summary>
    internal static bool IsHeard => !isLost;

    private static void Write(Fd fd, ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty && !isLost)
            {
                if (!Poll.Wait(fd, forWriting: true, Patience))
                {
                    isLost = true;
                    return;
                }

                var count = fd.WriteSome(bytes[..Math.Min(Chunk, bytes.Length)]);
                bytes = bytes[Math.Max(0, count)..];
            }
        }
        catch (ErrnoException)
        {
            isLost = true; // a closed pipe, a hung-up terminal
        }
    }
}
