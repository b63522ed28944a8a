namespace XenShell.Core.Native;

/// <summary>Modes and size of a terminal, by descriptor; never through terminfo or System.Console.</summary>
public static unsafe class Terminal
{
    /// <summary>Opens a terminal by its path, without waiting and never as the controlling one.</summary>
    public static Fd Open(string path) =>
        FileSystem.Open(path, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK);

    public static bool IsTerminal(Fd fd)
    {
        Libc.termios ignored;
        return Libc.tcgetattr(fd.Number, &ignored) == 0;
    }

    /// <summary>Forgets what was typed and not read yet.</summary>
    public static void DropInput(Fd fd) => _ = Libc.tcflush(fd.Number, Libc.TCIFLUSH); // a terminal that is gone has none

    /// <summary>The size, or 24×80 where there is none.</summary>
    public static WindowSize Size(Fd fd)
    {
        Libc.winsize size;
        return Libc.ioctl(fd.Number, Libc.TIOCGWINSZ, &size) == 0
            ? WindowSize.FromClaim(size.ws_row, size.ws_col)
            : WindowSize.Default;
    }

    public static void SetSize(Fd fd, WindowSize size)
    {
        var native = new Libc.winsize { ws_row = (ushort)size.Rows, ws_col = (ushort)size.Columns };
        _ = Libc.ioctl(fd.Number, Libc.TIOCSWINSZ, &native); // a hung-up terminal has no size; the reader learns of it by itself
    }
}
