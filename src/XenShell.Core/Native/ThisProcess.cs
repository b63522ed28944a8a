using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>Identity and limits of the running process.</summary>
public static unsafe class ThisProcess
{
    public static uint RealUid => Syscall.getuid();

    public static uint EffectiveUid => Syscall.geteuid();

    public static int Pid => Syscall.getpid();

    public static void SetUmask(uint mask) => Syscall.umask((FilePermissions)mask);

    /// <summary>
    /// Closes every inherited descriptor but input, output and error. What came through exec cannot have
    /// the close-on-exec flag; what has it is the runtime's own (its /dev/urandom), and closing that would
    /// make it read from whatever gets the number next.
    /// </summary>
    public static void CloseInheritedDescriptors()
    {
        foreach (var name in Files.Folders.Names("/proc/self/fd"))
        {
            if (int.TryParse(name, out var fd) && fd > 2 && Libc.fcntl(fd, Libc.F_GETFD) is >= 0 and var flags && (flags & Libc.FD_CLOEXEC) == 0)
            {
                _ = Libc.close(fd);
            }
        }
    }

    /// <summary>No core file: it would hold what root has read.</summary>
    public static void ForbidCoreDumps()
    {
        var none = default(Libc.rlimit);
        _ = Libc.setrlimit(Libc.RLIMIT_CORE, &none); // lowering one's own limit cannot fail
    }

    /// <summary>Ignores the signal from now on; children start with the default again.</summary>
    public static void Ignore(params ReadOnlySpan<Signum> signals)
    {
        foreach (var signal in signals)
        {
            _ = Libc.signal((int)signal, 1); // SIG_IGN
        }
    }

    /// <summary>Lets the signal do again what it does by default.</summary>
    public static void Default(Signum signal) => _ = Libc.signal((int)signal, 0); // SIG_DFL

    /// <summary>Leaves the folder that sshd started us in: the tenant's.</summary>
    public static void EnterRootFolder() => _ = Syscall.chdir("/"); // "/" is always there

    /// <summary>Replaces this process. Returns only by throwing.</summary>
    public static void Execute(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = Libc.execve(program, argv.Pointer, envp.Pointer);
        throw new ErrnoException(program, Marshal.GetLastPInvokeError());
    }

    /// <summary>The absolute path of the running program.</summary>
    public static string ExecutablePath => Files.Folders.ReadLink("/proc/self/exe");
}
