namespace XenShell.Core.Native;

/// <summary>Raw mode on a terminal for as long as this lives; <see cref="Dispose"/> brings the old modes back.</summary>
public sealed unsafe class RawMode : IDisposable
{
    private readonly SavedModes before;

    /// <exception cref="ErrnoException">The descriptor is no terminal.</exception>
    public RawMode(Fd terminal)
    {
        before = new SavedModes(terminal);
        var raw = before.Modes;
        Libc.cfmakeraw(&raw);
        // Draining waits for a client that has stopped reading; now is soon enough.
        if (Libc.tcsetattr(terminal.Number, Libc.TCSANOW, &raw) != 0)
        {
            throw ErrnoException.Last("tcsetattr");
        }
    }

    public void Dispose() => before.Dispose();
}
