namespace XenShell.Core.Native;

/// <summary>Raw mode on a terminal for as long as this lives; <see cref="Dispose"/> brings the old modes back.</summary>
public sealed unsafe class RawMode : IDisposable
{
    private readonly Fd terminal;
    private Libc.termios before;
    private bool active;

    /// <exception cref="ErrnoException">The descriptor is no terminal.</exception>
    public RawMode(Fd terminal)
    {
        this.terminal = terminal;
        fixed (Libc.termios* saved = &before)
        {
            if (Libc.tcgetattr(terminal.Number, saved) != 0)
            {
                throw ErrnoException.Last("tcgetattr");
            }
        }

        var raw = before;
        Libc.cfmakeraw(&raw);
        // Draining waits for a client that has stopped reading; now is soon enough.
        if (Libc.tcsetattr(terminal.Number, Libc.TCSANOW, &raw) != 0)
        {
            throw ErrnoException.Last("tcsetattr");
        }

        active = true;
    }

    public void Dispose()
    {
        if (!active)
        {
            return;
        }

        active = false;
        fixed (Libc.termios* saved = &before)
        {
            _ = Libc.tcsetattr(terminal.Number, Libc.TCSANOW, saved); // a hung-up terminal has no modes to restore
        }
    }
}
