using System.Text;
using XenShell.Core;
using XenShell.Core.Domains;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Gate.Power;

/// <summary>
/// Since when domains are there that the toolstack tells no start of: of a restore, it does when all memory has come, and of
/// one that was killed on the way, never. A file each in the run folder, with the domain's name; it goes with a reboot, as domids do.
/// </summary>
internal static class FirstSeen
{
    private const int LongestName = 4096;

    /// <returns>Unix time; now, and noted, for one that was not seen before.</returns>
    internal static long Of(HostLayout layout, Domain domain)
    {
        var path = $"{layout.RunFolder}/unshown-{domain.Id}";
        using (var file = FileSystem.TryOpen(path))
        {
            if (file is not null && file.ReadAll(LongestName) is { } name && Encoding.UTF8.GetString(name) == domain.Name)
            {
                return file.Status().Modified / 1_000_000_000;
            }
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(domain.Name));
        return DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }
}
