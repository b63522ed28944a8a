using System.Text;

namespace XenShell.Core.Native;

/// <summary>
/// The master side of a new pseudo-terminal. The slave is opened by path, in the child, as its
/// controlling terminal (<see cref="SpawnRequest.Terminal"/>); dispose the master to hang it up.
/// </summary>
public sealed unsafe class Pty : IDisposable
{
    private const int MaxSlavePath = 64; // "/dev/pts/" and a number

    private Pty(Fd master, string slavePath)
    {
        Master = master;
        SlavePath = slavePath;
    }

    public Fd Master { get; }

    public string SlavePath { get; }

    public static Pty Open(WindowSize size)
    {
        var number = Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        if (number < 0)
        {
            throw ErrnoException.Last("posix_openpt");
        }

        var master = new Fd(number);
        var path = stackalloc byte[MaxSlavePath];
        if (Libc.grantpt(number) != 0 || Libc.unlockpt(number) != 0 || Libc.ptsname_r(number, path, MaxSlavePath) != 0)
        {
            master.Dispose();
            throw ErrnoException.Last("open a pseudo-terminal");
        }

        var length = 0;
        while (path[length] != 0)
        {
            length++;
        }

        var pty = new Pty(master, Encoding.ASCII.GetString(path, length));
        pty.Resize(size);
        return pty;
    }

    public void Resize(WindowSize size) => Terminal.SetSize(Master, size);

    /// <summary>Opens the slave in this process (not as its controlling terminal), so that the master sees no hang-up before a child has it.</summary>
    public Fd OpenSlave() => FileSystem.Open(SlavePath, Libc.O_RDWR | Libc.O_NOCTTY);

    public void Dispose() => Master.Dispose();
}
