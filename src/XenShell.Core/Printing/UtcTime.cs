using System.Globalization;

namespace XenShell.Core.Printing;

/// <summary>A time as all messages show it.</summary>
public static class UtcTime
{
    /// <summary>"2026-11-23 14:07:06 UTC".</summary>
    public static string Of(long unixTime) =>
        DateTimeOffset.FromUnixTimeSeconds(unixTime).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
