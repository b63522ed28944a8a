using System.Globalization;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>boot.txt: excerpts of a PV guest's boot in the lab, hastened. "SECONDS text"; "=" marks what init prints.</summary>
internal static class BootLog
{
    /// <summary>Milliseconds from create to the prompt.</summary>
    public const long Duration = 1500;

    /// <summary>Guest milliseconds, the kernel's time stamp (null: not the kernel's), text.</summary>
    public static IEnumerable<(long At, string? Stamp, string Text)> Lines(Domain domain)
    {
        foreach (var line in Resource.Text("boot.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var seconds = double.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture);
            var text = line[(blank + 1)..]
                .Replace("{name}", domain.Name, StringComparison.Ordinal)
                .Replace("{cmdline}", domain.CommandLine, StringComparison.Ordinal);
            yield return text.StartsWith('=')
                ? ((long)(seconds * 1000), null, text[1..])
                : ((long)(seconds * 1000), line[..blank].PadLeft(12), text);
        }
    }
}
