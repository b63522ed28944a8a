using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Judgement;
using XenShell.Core.Reports;

namespace XenShell.Gate;

/// <summary>A guest, as all who may look at it are told.</summary>
internal static class Description
{
    internal static GuestReport Of(Act act, Standing standing, SeenDomains seen)
    {
        var name = standing.Guest.Name;
        var domain = seen.Of(name);
        return new GuestReport(
            name.Text,
            seen.Word(name),
            RoleRights.Word(standing.Role),
            domain?.Memory,
            domain?.Vcpus,
            domain?.CpuSeconds,
            domain?.Started is { } started ? Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - started) : null,
            ConsoleSeat.Holder(act.Layout, name));
    }
}
