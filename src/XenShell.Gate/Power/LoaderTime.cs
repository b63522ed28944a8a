using System.Globalization;
using System.Text;
using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Gate.Power;

/// <summary>
/// How long others have waited for a guest's boot loader, in all of its lives within the hour: one that boots the guest before
/// its minute is over, and a guest that reboots at once, would have xl's lock nearly always. By name, a small file each in the
/// run folder; several may write at once, and then say nearly the same.
/// </summary>
internal static class LoaderTime
{
    private const int Longest = 256; // four numbers

    /// <param name="life">Its present domain, and how long that one's has taken by now.</param>
    /// <returns>How long those of earlier lives took.</returns>
    internal static TimeSpan Add(HostLayout layout, GuestName guest, (int Domain, TimeSpan Time) life)
    {
        var folder = $"{layout.RunFolder}/loaders";
        Folders.Create(folder);
        var path = $"{folder}/{guest}";
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (since, earlier, domain, time) = Read(path) is [var a, var b, var c, var d] && now - a >= 0 && now - a < GateLimits.LoaderHour.TotalSeconds ? (a, b, c, d) : (now, 0, life.Domain, 0);
        if (domain != life.Domain)
        {
            earlier += time;
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{since} {earlier} {life.Domain} {(long)life.Time.TotalSeconds}")));
        return TimeSpan.FromSeconds(earlier);
    }

    private static long[] Read(string path)
    {
        using var file = FileSystem.TryOpen(path);
        return [.. Encoding.UTF8.GetString(file?.ReadAll(Longest) ?? []).Split(' ').Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
    }
}
