using XenShell.Core.GuestFiles;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// xl's own lock, of the whole host: with autoballoon, whoever makes or restores a domain holds it until that has its memory,
/// through its boot loader as well (xl_utils.c, acquire_lock).
/// </summary>
public static class XlLock
{
    private const string Default = "/var/lock/xl";
    private const string Configuration = "/etc/xen/xl.conf";
    private const int LongestConfiguration = 64 << 10;

    /// <returns>Its pid; null when nobody does, or nobody can tell.</returns>
    public static int? Holder() => HolderOf(Path(Configuration));

    /// <param name="path">The file that is locked.</param>
    public static int? HolderOf(string path)
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            return file?.RecordLockHolder();
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    /// <param name="configuration">xl.conf(5), where the lock may have another place.</param>
    public static string Path(string configuration)
    {
        try
        {
            using var file = FileSystem.TryOpen(configuration);
            return file?.ReadAll(LongestConfiguration) is { } bytes ? XlConfig.Parse(bytes, configuration).GetString("lockfile") ?? Default : Default;
        }
        catch (Exception e) when (e is XlConfigException or IOException)
        {
            return Default; // as xl goes on without it
        }
    }
}
