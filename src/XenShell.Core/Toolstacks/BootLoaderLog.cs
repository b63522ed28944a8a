using System.Text.RegularExpressions;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// What a boot loader that the host runs for a guest (pygrub) says when it fails. It reads what is on the guest's own disk,
/// and so it is for the guest's people to mend.
/// </summary>
public static partial class BootLoaderLog
{
    private const int MaxBytes = 64 << 10;
    private const int MaxLine = 300;

    /// <param name="error">All of the toolstack's words; what a boot loader handed over may be quoted in them.</param>
    /// <param name="began">When the guest began to be made: what was written before is another's.</param>
    /// <returns>Its last line, printable; "" where it said none; null when no boot loader failed.</returns>
    public static string? LastLine(HostLayout layout, string error, DateTimeOffset began)
    {
        if (Failed().Match(error) is not { Success: true } match)
        {
            return null;
        }

        try
        {
            using var file = FileSystem.TryOpen($"{layout.Root}/var/log/xen/bootloader.{match.Groups[1].Value}.log");
            if (file is not { IsRegularFile: true } || file.Status().Owner != layout.Owner || file.Status().Modified / 1_000_000_000 < began.ToUnixTimeSeconds())
            {
                return "";
            }

            var bytes = new byte[MaxBytes];
            var length = file.ReadAt(bytes, Math.Max(0, file.Status().Size - MaxBytes));
            var lines = PrintableText.Of(bytes.AsSpan(0, length), keepLines: true).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
            return lines.LastOrDefault("") is var last && last.Length <= MaxLine ? last : last[..MaxLine] + "…";
        }
        catch (IOException)
        {
            return "";
        }
    }

    // libxl_bootloader.c: "Domain 2:bootloader failed - consult logfile /var/log/xen/bootloader.2.log"
    [GeneratedRegex(@"^libxl: error: libxl_bootloader\.c:[0-9]+:bootloader_finished: Domain ([0-9]{1,9}):bootloader failed - consult logfile /var/log/xen/bootloader\.\1\.log", RegexOptions.Multiline)]
    private static partial Regex Failed();
}
