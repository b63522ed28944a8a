using System.Globalization;
using System.Text;
using XenShell.Core.Domains;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Gate.Power;

/// <summary>
/// Since when domains are there that the toolstack tells no start of: of a restore, it does when all memory has come, and of
/// one that was killed on the way, never. A file each in the run folder, with the domain's name; it goes when another is noted
/// after the domain has gone, and with a reboot, as domids do.
/// </summary>
internal static class FirstSeen
{
    private const string Prefix = "unshown-";
    private const int LongestName = 4096;

    /// <returns>Unix time; now, and noted, for one that was not seen before.</returns>
    internal static long Of(Act act, Domain domain)
    {
        var path = $"{act.Layout.RunFolder}/{Prefix}{domain.Id}";
        using (var file = FileSystem.TryOpen(path))
        {
            if (file is not null && file.ReadAll(LongestName) is { } name && Encoding.UTF8.GetString(name) == domain.Name)
            {
                return file.Status().Modified / 1_000_000_000;
            }
        }

        ForgetThoseGone(act);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(domain.Name));
        return DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private static void ForgetThoseGone(Act act)
    {
        var there = act.States.Domains().Select(other => other.Id).ToHashSet();
        foreach (var name in Folders.Names(act.Layout.RunFolder).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            // what somebody else is just writing has more behind its number
            if (int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !there.Contains(id))
            {
                FileSystem.Remove($"{act.Layout.RunFolder}/{name}");
            }
        }
    }
}
