namespace XenShell.Core.Native;

/// <summary>The modes of a terminal as they are now; <see cref="Dispose"/> brings them back, whatever was done to them.</summary>
public sealed unsafe class SavedModes : IDisposable
{
    private readonly Fd terminal;
    private Libc.termios saved;

    /// <exception cref="ErrnoException">The descriptor is no terminal.</exception>
    public SavedModes(Fd terminal)
    {
        this.terminal = terminal;
        fixed (Libc.termios* modes = &saved)
        {
            if (Libc.tcgetattr(terminal.Number, modes) != 0)
            {
                throw ErrnoException.Last("tcgetattr");
            }
        }
    }

    internal Libc.termios Modes => saved;

    public void Dispose()
    {
        fixed (Libc.termios* modes = &saved)
        {
            _ = Libc.tcsetattr(terminal.Number, Libc.TCSANOW, modes); // a hung-up terminal has no modes to restore
        }
    }
}
