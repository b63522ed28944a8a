using System.Globalization;

namespace XenShell.Core.Native;

/// <summary>Numbers of devices as stat(2) has them, put together as the kernel and glibc do (makedev(3)).</summary>
public static class DeviceNumber
{
    public static ulong Of(ulong major, ulong minor) => ((major & 0xFFF) << 8) | ((major & ~0xFFFul) << 32) | (minor & 0xFF) | ((minor & ~0xFFul) << 12);

    public static ulong Major(ulong number) => ((number >> 8) & 0xFFF) | ((number >> 32) & ~0xFFFul);

    public static ulong Minor(ulong number) => (number & 0xFF) | ((number >> 12) & 0xFFFFFF00);

    /// <summary>"254:3", or "fe:3" where <paramref name="style"/> says hexadecimal; null for anything else.</summary>
    public static ulong? Parse(string text, NumberStyles style = NumberStyles.None) =>
        text.Split(':') is [var high, var low]
        && ulong.TryParse(high, style, CultureInfo.InvariantCulture, out var major)
        && ulong.TryParse(low, style, CultureInfo.InvariantCulture, out var minor)
            ? Of(major, minor)
            : null;
}
