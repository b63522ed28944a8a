using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// xl's own lock, of the whole host: with autoballoon, whoever makes or restores a domain holds it until that has its memory,
/// through its boot loader as well (xl_utils.c, acquire_lock); and so does xl's own process of a guest that boots again by itself.
/// </summary>
public static class XlLock
{
    private const string Default = "/var/lock/xl";

    /// <returns>Its pid; null when nobody does, or nobody can tell.</returns>
    public static int? Holder() => HolderOf(Path(XlConf.File));

    /// <param name="path">The file that is locked.</param>
    public static int? HolderOf(string path)
    {
        try
        {
            using var file = FileSystem.TryOpenWhereItLeads(path);
            return file?.RecordLockHolder();
        }
        catch (ErrnoException)
        {
            return null;
        }
    }

    /// <param name="configuration">xl.conf(5), where the lock may have another place.</param>
    public static string Path(string configuration) => XlConf.Value(configuration, "lockfile") ?? Default;
}
