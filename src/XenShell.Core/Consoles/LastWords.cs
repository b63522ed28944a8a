using System.Text.RegularExpressions;

namespace XenShell.Core.Consoles;

/// <summary>What a guest said before it died, as far as it tells why.</summary>
/// <param name="Lines">A dozen at most.</param>
/// <param name="Cause">The one to remember; null where none stands out.</param>
public sealed partial record LastWords(IReadOnlyList<string> Lines, string? Cause)
{
    private const int Most = 12;
    private const int BeforePanic = 3; // what led to it

    public static LastWords Of(IReadOnlyList<string> log)
    {
        var panic = log.ToList().FindLastIndex(Panic().IsMatch);
        if (panic < 0)
        {
            return new LastWords([.. log.TakeLast(Most)], null);
        }

        // Linux lists all partitions and file systems between the device that is missing and its panic.
        var first = Math.Max(0, panic - BeforePanic);
        var device = log.Take(first).ToList().FindLastIndex(RootDevice().IsMatch);
        IEnumerable<string> before = device >= 0 ? [log[device], "…"] : [];
        return new LastWords([.. before.Concat(log.Skip(first)).Take(Most)], log[panic]);
    }

    // Linux, and the BSDs ("panic: mountroot: unable to (re-)mount root.", "panic: cannot open disk"), whose prompt may stand before it.
    [GeneratedRegex("Kernel panic - |(^|> ?|] )panic(\\(cpu \\d+\\))?: ")]
    private static partial Regex Panic();

    [GeneratedRegex("Cannot open root device|cannot open root device|Mounting from .* failed")]
    private static partial Regex RootDevice();
}
