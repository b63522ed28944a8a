using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>Identity and limits of the running process.</summary>
public static unsafe class ThisProcess
{
    private const int MaxProcessors = 8192; // CONFIG_NR_CPUS of the distributions

    public static uint RealUid => Syscall.getuid();

    public static uint EffectiveUid => Syscall.geteuid();

    public static uint RealGid => Syscall.getgid();

    public static uint EffectiveGid => Syscall.getegid();

    public static int Pid => Syscall.getpid();

    public static bool LeadsItsSession => Libc.getsid(0) == Pid;

    /// <summary>The absolute path of the program that started us; null when that is gone, or not ours to see.</summary>
    public static string? ParentExecutablePath => FileSystem.TryReadLink($"/proc/{Syscall.getppid()}/exe");

    /// <summary>Takes a variable out of libc's own environment.</summary>
    public static void DropVariable(string name) => _ = Libc.unsetenv(name);

    /// <summary>Gives libc another environment. .NET must not have made itself a copy yet: asking for one variable makes none.</summary>
    /// <param name="entries">"NAME=value".</param>
    public static void ReplaceEnvironment(IReadOnlyList<string> entries)
    {
        _ = Libc.clearenv();
        foreach (var entry in entries)
        {
            var end = entry.IndexOf('=', StringComparison.Ordinal);
            if (Libc.setenv(entry[..end], entry[(end + 1)..], 1) != 0)
            {
                throw ErrnoException.Last("setenv");
            }
        }
    }

    /// <summary>The name that ps and pgrep know it by.</summary>
    public static void Rename(string name) => _ = Libc.prctl_name(Libc.PR_SET_NAME, name);

    public static void SetUmask(uint mask) => Syscall.umask((FilePermissions)mask);

    /// <summary>
    /// Closes every inherited descriptor but input, output and error. What came through exec cannot have
    /// the close-on-exec flag; what has it is the runtime's own (its /dev/urandom), and closing that would
    /// make it read from whatever gets the number next.
    /// </summary>
    public static void CloseInheritedDescriptors()
    {
        foreach (var name in Folders.Names("/proc/self/fd"))
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
        _ = TryLimit(Libc.RLIMIT_CORE, 0, 0); // lowering one's own limit cannot fail
    }

    /// <summary>
    /// Gives up the limits, the niceness, the processors, the classes of scheduling and the timers' slack of whoever
    /// started us: they pass through sudo, and a time limit of the caller's would end a boot halfway or, later, the daemon that the
    /// toolstack leaves with each guest. Takes root; others keep what they have.
    /// </summary>
    /// <exception cref="ErrnoException">We are root and still limited.</exception>
    public static void ForgetInheritedLimits()
    {
        var isRoot = EffectiveUid == 0;
        foreach (var resource in (ReadOnlySpan<int>)[Libc.RLIMIT_CPU, Libc.RLIMIT_FSIZE, Libc.RLIMIT_DATA, Libc.RLIMIT_AS, Libc.RLIMIT_RTTIME])
        {
            if (!TryLimit(resource, Libc.RLIM_INFINITY, Libc.RLIM_INFINITY) && isRoot)
            {
                throw ErrnoException.Last("setrlimit");
            }
        }

        // The kernel's own defaults. Containers may refuse to raise these, and little comes of it.
        foreach (var resource in (ReadOnlySpan<int>)[Libc.RLIMIT_NPROC, Libc.RLIMIT_SIGPENDING, Libc.RLIMIT_LOCKS, Libc.RLIMIT_RSS])
        {
            _ = TryLimit(resource, Libc.RLIM_INFINITY, Libc.RLIM_INFINITY);
        }

        _ = TryLimit(Libc.RLIMIT_MSGQUEUE, 819_200, 819_200);
        _ = TryLimit(Libc.RLIMIT_STACK, 8 << 20, Libc.RLIM_INFINITY);
        _ = TryLimit(Libc.RLIMIT_NOFILE, 1024, 4096);
        _ = TryLimit(Libc.RLIMIT_MEMLOCK, 8 << 20, 8 << 20);
        var everywhere = stackalloc byte[MaxProcessors / 8];
        new Span<byte>(everywhere, MaxProcessors / 8).Fill(0xFF);
        _ = Libc.sched_setaffinity(0, MaxProcessors / 8, everywhere);
        var ordinary = 0;
        _ = Libc.sched_setscheduler(0, Libc.SCHED_OTHER, &ordinary); // refused only without root
        _ = Libc.setpriority(Libc.PRIO_PROCESS, 0, 0); // the same
        _ = Libc.syscall(Libc.SYS_ioprio_set, Libc.IOPRIO_WHO_PROCESS, 0, 0);
        ForgetInheritedManners();
    }

    /// <summary>
    /// With the slack of years that somebody may have given its timers, no wait of ours and of our children's
    /// would ever end. Of this thread, which is the one that waits and starts them.
    /// </summary>
    private static void ForgetInheritedManners()
    {
        const nuint ordinarySlack = 50_000; // ns, the kernel's; 0 would mean what we came with
        _ = Libc.prctl(Libc.PR_SET_TIMERSLACK, ordinarySlack, 0, 0, 0);
        _ = Libc.prctl(Libc.PR_SET_THP_DISABLE, 0, 0, 0, 0);
        _ = Libc.personality(0); // another name of the kernel, another layout of addresses
    }

    /// <summary>Is no likelier to be killed for memory than other programs of root; takes root, and a container may refuse it.</summary>
    public static void ForgetInheritedOomScore()
    {
        try
        {
            using var file = FileSystem.Open("/proc/self/oom_score_adj", Libc.O_WRONLY);
            file.WriteAll("0"u8);
        }
        catch (ErrnoException)
        {
            // as likely as the caller made us
        }
    }

    /// <summary>Long work that nobody waits for at a keyboard: others come first at the processors and disks, and we first when memory runs out.</summary>
    public static void StandBack()
    {
        const int niceness = 10, bestEffort = 2 << 13, last = 7; // ioprio_set(2)
        _ = Libc.setpriority(Libc.PRIO_PROCESS, 0, niceness);
        _ = Libc.syscall(Libc.SYS_ioprio_set, Libc.IOPRIO_WHO_PROCESS, 0, bestEffort | last);
        using var file = FileSystem.Open("/proc/self/oom_score_adj", Libc.O_WRONLY);
        file.WriteAll("500"u8);
    }

    private static bool TryLimit(int resource, ulong soft, ulong hard)
    {
        var limit = new Libc.rlimit { rlim_cur = soft, rlim_max = hard };
        return Libc.setrlimit(resource, &limit) == 0;
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

    /// <summary>Sends ourselves a signal that does what it does by default.</summary>
    public static void Raise(Signum signal)
    {
        Default(signal);
        _ = Syscall.kill(Pid, signal);
    }

    /// <summary>What our programs leave behind comes to us when they have ended, and not to init.</summary>
    public static void AdoptOrphans(bool adopts)
    {
        if (Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, adopts ? 1u : 0u, 0, 0, 0) != 0)
        {
            throw ErrnoException.Last("prctl");
        }
    }

    /// <summary>Ends a child that is no <see cref="ChildProcess"/>, and reaps it if it has ended already: its number is its own until then.</summary>
    public static void EndChild(int pid)
    {
        _ = Syscall.kill(pid, Signum.SIGKILL);
        _ = Syscall.waitpid(pid, out _, WaitOptions.WNOHANG);
    }

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
    public static string ExecutablePath => FileSystem.ReadLink("/proc/self/exe");
}
