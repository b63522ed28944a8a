using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Configuration;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Jobs;
using XenShell.Core.Toolstacks;

namespace XenShell.Admin;

/// <summary>reap: what the timer runs.</summary>
internal static class ReapCommand
{
    internal static ExitCode Run(HostLayout layout)
    {
        var record = AuditLog.OfTheHost(layout);
        var settings = SettingsReader.Read(layout);
        var users = new Lazy<DiskUsers>(() => new DiskUsers(layout, GuestCatalog.Read(layout, settings), ToolstackChoice.Choose(settings, layout.TrustedTree)));
        var reaper = new Reaper(layout, new JobStore(layout), settings.KeepOld, path => users.Value.Of(path));
        var hasFailed = false;
        foreach (var (text, isFailure) in reaper.Run(DateTimeOffset.UtcNow.ToUnixTimeSeconds()))
        {
            hasFailed |= isFailure;
            record.Problem(text);
            if (isFailure)
            {
                Say.Error(text);
            }
            else
            {
                Say.Line(text);
            }
        }

        return hasFailed ? ExitCode.Failed : ExitCode.Done;
    }
}
