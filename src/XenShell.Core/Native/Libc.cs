using System.Runtime.InteropServices;

#pragma warning disable CS8981 // native names keep their spelling

namespace XenShell.Core.Native;

/// <summary>
/// The calls of libc that Mono.Unix lacks or maps in a way that loses flags. Names and numbers are
/// those of Linux on x86-64; every caller stands in this folder.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int EINTR = 4, EIO = 5, EAGAIN = 11, EEXIST = 17, ENOENT = 2, ENOTDIR = 20, ELOOP = 40, EPIPE = 32, ENOTEMPTY = 39, EOPNOTSUPP = 95,
        ENOMEM = 12, ENFILE = 23, EMFILE = 24;

    internal const int O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_ACCMODE = 3, O_CREAT = 0x40, O_EXCL = 0x80, O_NOCTTY = 0x100,
        O_APPEND = 0x400, O_NONBLOCK = 0x800, O_DIRECTORY = 0x10000, O_NOFOLLOW = 0x20000,
        O_CLOEXEC = 0x80000, O_PATH = 0x200000;

    internal const int AT_FDCWD = -100, AT_REMOVEDIR = 0x200, AT_SYMLINK_NOFOLLOW = 0x100;
    internal const uint S_IFMT = 0xF000, S_IXUSR = 0x40, S_IWGRP = 0x10, S_IWOTH = 2;
    internal const uint RENAME_NOREPLACE = 1;
    internal const int FALLOC_FL_KEEP_SIZE = 1;
    internal const int LOCK_SH = 1, LOCK_EX = 2, LOCK_NB = 4;
    internal const short POLLIN = 1, POLLOUT = 4, POLLERR = 8, POLLHUP = 16;
    internal const nuint TIOCGWINSZ = 0x5413, TIOCSWINSZ = 0x5414;
    internal const int TCSANOW = 0;
    internal const int MADV_DONTNEED = 4;
    internal const short POSIX_SPAWN_SETSIGDEF = 4, POSIX_SPAWN_SETSIGMASK = 8, POSIX_SPAWN_SETSID = 0x80;
    internal const nint SYS_pidfd_open = 434, SYS_pidfd_getfd = 438;
    internal const ushort AF_INET = 2, AF_INET6 = 10;
    internal const int RLIMIT_CPU = 0, RLIMIT_FSIZE = 1, RLIMIT_DATA = 2, RLIMIT_STACK = 3, RLIMIT_CORE = 4, RLIMIT_NPROC = 6,
        RLIMIT_NOFILE = 7, RLIMIT_MEMLOCK = 8, RLIMIT_AS = 9, RLIMIT_LOCKS = 10, RLIMIT_SIGPENDING = 11, RLIMIT_MSGQUEUE = 12, RLIMIT_RSS = 5, RLIMIT_RTTIME = 15;

    internal const ulong RLIM_INFINITY = ulong.MaxValue;
    internal const int PRIO_PROCESS = 0, SCHED_OTHER = 0, IOPRIO_WHO_PROCESS = 1;
    internal const int PR_SET_NAME = 15, PR_SET_TIMERSLACK = 29, PR_SET_CHILD_SUBREAPER = 36, PR_SET_THP_DISABLE = 41;
    internal const nint SYS_ioprio_set = 251;
    internal const int MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000;
    internal const int F_GETFD = 1, FD_CLOEXEC = 1, F_GETFL = 3, F_GETLK = 5;

    [StructLayout(LayoutKind.Sequential)]
    internal struct pollfd
    {
        internal int fd;
        internal short events;
        internal short revents;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct winsize
    {
        internal ushort ws_row, ws_col, ws_xpixel, ws_ypixel;
    }

    /// <summary>Opaque to us: cfmakeraw fills it in. glibc's struct termios has 60 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct termios
    {
        internal fixed byte bytes[64];
    }

    /// <summary>struct flock, of record locks.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct flock_t
    {
        internal short l_type, l_whence;
        internal long l_start, l_len;
        internal int l_pid;
    }

    internal const short F_WRLCK = 1, F_UNLCK = 2;

    [StructLayout(LayoutKind.Sequential)]
    internal struct rlimit
    {
        internal ulong rlim_cur, rlim_max;
    }

    /// <summary>bits/struct_stat.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct stat
    {
        internal ulong st_dev, st_ino, st_nlink;
        internal uint st_mode, st_uid, st_gid, padding;
        internal ulong st_rdev;
        internal long st_size, st_blksize, st_blocks, st_atime, st_atime_nsec, st_mtime, st_mtime_nsec, st_ctime, st_ctime_nsec;
        internal fixed long reserved[3];
    }

    /// <summary>Once for each guest of the host at each call, without the conversions of Mono.Unix's.</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int fstatat(int folder, string path, out stat status, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fstatat(int folder, byte* path, out stat status, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int inet_pton(int family, string text, byte* address);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fstat(int fd, out stat status);

    /// <summary>struct statx as far as we read it: linux/stat.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct statx_t
    {
        internal uint stx_mask;
        internal fixed uint before[19];
        internal long stx_btime;
        internal uint stx_btime_nsec;
        internal fixed uint after[41];
    }

    internal const int AT_EMPTY_PATH = 0x1000;
    internal const uint STATX_BTIME = 0x800;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int folder, string path, int flags, uint mask, statx_t* status);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchown(int fd, uint owner, uint group);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int openat(int folder, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint send(int fd, byte* buffer, nuint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint recv(int fd, byte* buffer, nuint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pread(int fd, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pwrite(int fd, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fsync(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(int fd, long length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int renameat(int oldFolder, string oldPath, int newFolder, string newPath);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int renameat2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fallocate(int fd, int mode, long offset, long length);

    /// <summary>shadow.h. Valid until the next call.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct spwd
    {
        internal byte* sp_namp, sp_pwdp;
        internal nint sp_lstchg, sp_min, sp_max, sp_warn, sp_inact, sp_expire;
        internal nuint sp_flag;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial spwd* getspnam(string name);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* inet_ntop(int family, byte* address, byte* text, uint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getpeername(int fd, byte* address, uint* length);

    [LibraryImport("libcrypt.so.1", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* crypt(string phrase, string setting);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int unlinkat(int folder, string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkdirat(int folder, string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkfifoat(int folder, string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint readlinkat(int folder, string path, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int flock(int fd, int operation);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(pollfd* fds, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe2(int* fds, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint a, nint b);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint a, nint b, nint c);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int personality(nuint persona);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, winsize* size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcgetattr(int fd, termios* settings);

    internal const int TCIFLUSH = 0;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcflush(int fd, int queue);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcsetattr(int fd, int when, termios* settings);

    [LibraryImport("libc")]
    internal static partial void cfmakeraw(termios* settings);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int grantpt(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int unlockpt(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ptsname_r(int fd, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, flock_t* request);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setrlimit(int resource, rlimit* limit);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setpriority(int which, uint who, int priority);

    /// <param name="parameter">struct sched_param: one int, the priority.</param>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setscheduler(int pid, int policy, int* parameter);

    /// <param name="mask">One bit a processor.</param>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsid(int pid);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int unsetenv(string name);

    [LibraryImport("libc")]
    internal static partial int clearenv();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "prctl", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int prctl_name(int option, string name);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint signal(int number, nint handler);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int execve(string path, byte** arguments, byte** environment);

    // The posix_spawn family returns the error number itself.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(int* pid, string path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addopen(void* actions, int fd, string path, int flags, uint mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addchdir_np(void* actions, string path);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int from);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, void* set);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, void* set);

    [LibraryImport("libc")]
    internal static partial int madvise(nuint start, nuint length, int advice);

    [LibraryImport("libc")]
    internal static partial int sigfillset(void* set);

    [LibraryImport("libc")]
    internal static partial int sigemptyset(void* set);
}
