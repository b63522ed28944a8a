using XenShell.Core.GuestFiles;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>xl.conf(5): what xl takes for all guests alike.</summary>
public static class XlConf
{
    public const string File = "/etc/xen/xl.conf";

    private const int Longest = 64 << 10;

    /// <returns>Null where it says nothing of that, or cannot be read.</returns>
    public static string? Value(string path, string key)
    {
        try
        {
            using var file = FileSystem.TryOpenWhereItLeads(path);
            return file?.ReadAll(Longest) is { } bytes ? XlConfig.Parse(bytes, path).GetString(key) : null;
        }
        catch (Exception e) when (e is XlConfigException or IOException)
        {
            return null; // xl itself does nothing then
        }
    }
}
