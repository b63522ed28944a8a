using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Jobs;
using XenShell.Core.Toolstacks;

namespace XenShell.Admin;

/// <summary>The reaper of this host, which looks at who uses a disk when there is one to remove.</summary>
internal static class HostReaper
{
    internal static Reaper Of(HostLayout layout, JobStore store)
    {
        var settings = SettingsReader.Read(layout);
        var users = new Lazy<DiskUsers>(() => new DiskUsers(layout, GuestCatalog.Read(layout, settings), ToolstackChoice.Choose(settings, layout.TrustedTree)));
        return new Reaper(layout, store, settings.KeepOld, path => users.Value.Of(path));
    }
}
