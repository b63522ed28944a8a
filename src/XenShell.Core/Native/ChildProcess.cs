using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>
/// A started program. <see cref="Exited"/> becomes readable when it ends; dispose only closes that
/// descriptor, it neither ends nor reaps the child.
/// </summary>
public sealed unsafe class ChildProcess : IDisposable
{
    // sizeof in glibc on x86-64: file actions 80, attributes 336, sigset_t 128.
    private const int ActionsSize = 80, AttributesSize = 336, SignalSetSize = 128;

    private const int FirstFree = 3; // after input, output and error

    private static readonly List<ChildProcess> Abandoned = [];

    private int? exitCode;

    private ChildProcess(int pid, Fd exited)
    {
        Pid = pid;
        Exited = exited;
    }

    public int Pid { get; }

    /// <summary>A pidfd: readable once the child has ended.</summary>
    public Fd Exited { get; }

    /// <exception cref="ErrnoException">The program is not there or cannot be started.</exception>
    public static ChildProcess Start(SpawnRequest request)
    {
        if (!request.Program.StartsWith('/'))
        {
            throw new ArgumentException("a program is named by its absolute path", nameof(request));
        }

        Abandoned.RemoveAll(child => child.TryReap());
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        Check(Libc.posix_spawn_file_actions_init(actions));
        Check(Libc.posix_spawnattr_init(attributes));
        try
        {
            AddDescriptors(actions, request);
            if (request.Kept is { } kept)
            {
                Check(Libc.posix_spawn_file_actions_adddup2(actions, kept.Number, FirstFree)); // of one number with itself: only no longer closed
            }

            Check(Libc.posix_spawn_file_actions_addclosefrom_np(actions, request.Kept is null ? FirstFree : FirstFree + 1));
            Check(Libc.posix_spawn_file_actions_addchdir_np(actions, "/"));
            SetAttributes(attributes, request);
            using var arguments = new NativeStrings(request.Arguments, request.HasByteArguments);
            using var environment = new NativeStrings(request.Environment);
            int pid;
            Check(Libc.posix_spawn(&pid, request.Program, actions, attributes, arguments.Pointer, environment.Pointer), request.Program);
            var pidfd = Libc.syscall(Libc.SYS_pidfd_open, pid, 0);
            if (pidfd < 0)
            {
                var error = ErrnoException.Last("pidfd_open");
                _ = Syscall.kill(pid, Signum.SIGKILL);
                _ = Syscall.waitpid(pid, out _, 0);
                throw error;
            }

            return new ChildProcess(pid, new Fd((int)pidfd));
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }

    private static void AddDescriptors(byte* actions, SpawnRequest request)
    {
        if (request.Terminal is not null)
        {
            // The leader of a new session gets a terminal that it opens without O_NOCTTY as its controlling one.
            Check(Libc.posix_spawn_file_actions_addopen(actions, 0, request.Terminal, Libc.O_RDWR, 0));
            Check(Libc.posix_spawn_file_actions_adddup2(actions, 0, 1));
            Check(Libc.posix_spawn_file_actions_adddup2(actions, 0, 2));
            return;
        }

        Fd?[] wanted = [request.Input, request.Output, request.Error];
        for (var i = 0; i < wanted.Length; i++)
        {
            Check(wanted[i] is { } fd
                ? Libc.posix_spawn_file_actions_adddup2(actions, fd.Number, i)
                : Libc.posix_spawn_file_actions_addopen(actions, i, "/dev/null", Libc.O_RDWR, 0));
        }
    }

    private static void SetAttributes(byte* attributes, SpawnRequest request)
    {
        var flags = Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK;
        if (request.NewSession || request.Terminal is not null)
        {
            flags |= Libc.POSIX_SPAWN_SETSID;
        }

        var signals = stackalloc byte[SignalSetSize];
        Check(Libc.sigfillset(signals));
        Check(Libc.posix_spawnattr_setsigdefault(attributes, signals));
        Check(Libc.sigemptyset(signals));
        Check(Libc.posix_spawnattr_setsigmask(attributes, signals));
        Check(Libc.posix_spawnattr_setflags(attributes, (short)flags));
    }

    private static void Check(int errno, string what = "posix_spawn")
    {
        if (errno != 0)
        {
            throw new ErrnoException(what, errno);
        }
    }

    /// <summary>Waits for the end. -1 as time-out waits for ever.</summary>
    /// <returns>The exit code, 128 + signal for a killed child, or null when the time ran out.</returns>
    public int? Wait(TimeSpan timeout)
    {
        if (exitCode is null && Poll.Wait(Exited, forWriting: false, timeout))
        {
            if (Syscall.waitpid(Pid, out var status, 0) != Pid)
            {
                exitCode = -1; // reaped elsewhere: cannot happen in these programs, and is no success
            }
            else
            {
                exitCode = Syscall.WIFEXITED(status) ? Syscall.WEXITSTATUS(status) : 128 + (int)Syscall.WTERMSIG(status);
            }
        }

        return exitCode;
    }

    /// <summary>Asks the child to stop, as Ctrl-C does.</summary>
    public void Interrupt() => Signal(Signum.SIGINT);

    /// <summary>Ends the child at once and reaps it.</summary>
    public void Kill() => TryKill(Timeout.InfiniteTimeSpan);

    /// <summary>Ends the child, and waits no longer than that for what the kernel does not let go: a call to a storage that does not answer.</summary>
    /// <returns>False when it is still there, and <see cref="Abandon"/>ed.</returns>
    public bool TryKill(TimeSpan within)
    {
        Signal(Signum.SIGKILL);
        if (Wait(within) is not null)
        {
            return true;
        }

        Abandon();
        return false;
    }

    /// <summary>Ends the child and all that it has started in its session, and reaps it; of one with <see cref="SpawnRequest.NewSession"/>.</summary>
    public void KillGroup()
    {
        if (exitCode is null)
        {
            _ = Syscall.kill(-Pid, Signum.SIGKILL);
        }

        Kill();
    }

    private void Signal(Signum signal)
    {
        if (exitCode is null)
        {
            _ = Syscall.kill(Pid, signal); // not reaped yet, so the pid is still this child's
        }
    }

    /// <summary>Nobody waits for it any more: it is reaped when it has ended, at the start of another one.</summary>
    public void Abandon() => Abandoned.Add(this);

    private bool TryReap()
    {
        var hasEnded = Wait(TimeSpan.Zero) is not null;
        if (hasEnded)
        {
            Dispose();
        }

        return hasEnded;
    }

    public void Dispose() => Exited.Dispose();
}
