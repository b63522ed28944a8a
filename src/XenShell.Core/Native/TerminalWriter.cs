namespace XenShell.Core.Native;

/// <summary>
/// Writes to a terminal what it takes now, and never waits in the kernel: poll(2) calls a terminal writable when it
/// has any room at all, and a blocking write waits until everything fits, deaf to signals and clocks.
/// </summary>
public sealed class TerminalWriter(Fd fd)
{
    private Fd? target;
    private bool isBlocking;

    /// <returns>Bytes taken, perhaps none.</returns>
    /// <exception cref="ErrnoException">The terminal is gone.</exception>
    public int WriteSome(ReadOnlySpan<byte> bytes)
    {
        target ??= Unblock();

        // One that is another user's (su) cannot be opened again; where there is room, one byte fits.
        return !isBlocking ? Math.Max(0, target.WriteSome(bytes))
            : Poll.Wait(fd, forWriting: true, TimeSpan.Zero) ? fd.WriteSome(bytes[..Math.Min(1, bytes.Length)])
            : 0;
    }

    private Fd Unblock()
    {
        try
        {
            return fd.OpenAgain(forWriting: true);
        }
        catch (IOException)
        {
            isBlocking = true;
            return fd;
        }
    }
}
