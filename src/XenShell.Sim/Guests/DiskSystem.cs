using XenShell.Core.Disks;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>What the system on a guest's disk greets with: issue(5), of the first disk that has one in a file system of ext's.</summary>
internal static class DiskSystem
{
    private const string DebugFs = "/usr/sbin/debugfs";
    private const string Usual = "Debian GNU/Linux 12";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>"Debian GNU/Linux 12 web1 hvc0".</summary>
    public static string Greeting(Domain domain) => $"{domain.Disks.Select(Issue).FirstOrDefault(text => text is not null) ?? Usual} {domain.Name} hvc0";

    // Without what agetty(8) puts in by itself: "\n \l".
    private static string? Issue(string line) =>
        GuestDisk.Parse(line) is { IsPlain: true, Target: var disk }
        && FileSystem.TryStatus(disk) is not null
        && Captured.Run(DebugFs, ["-R", "cat /etc/issue", disk], [], Patience) is { ExitCode: 0, Output: var text }
        && text.Split('\\', '\n')[0].Trim() is { Length: > 0 } issue ? issue : null;
}
