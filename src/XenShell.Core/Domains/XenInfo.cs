using System.Globalization;

namespace XenShell.Core.Domains;

/// <summary>"key : value" lines of xl info and xm info, Xen 3.0 to today.</summary>
public static class XenInfo
{
    /// <summary>"4.17.7": xen_version where Xen has that line (since 4.2), its parts before; "unknown" without either.</summary>
    public static string Version(string info)
    {
        var values = Read(info);
        return values.TryGetValue("xen_version", out var version) ? version
            : values.TryGetValue("xen_major", out var major) && values.TryGetValue("xen_minor", out var minor)
                ? $"{major}.{minor}{values.GetValueOrDefault("xen_extra")}"
                : "unknown";
    }

    /// <summary>MiB of the whole host; null without that line.</summary>
    public static long? TotalMemory(string info) =>
        Read(info).TryGetValue("total_memory", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var memory) ? memory : null;

    // On NUMA hosts of xend's days some keys come several times.
    private static Dictionary<string, string> Read(string info) => info.Split('\n')
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2)
        .DistinctBy(parts => parts[0].Trim())
        .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.Ordinal);
}
