using System.Globalization;
using XenShell.Core.Limits;

namespace XenShell.Core.Audit;

/// <summary>What one login has used up of its <see cref="LoginRates"/>.</summary>
/// <param name="Folded">Refusals that stand in no line yet.</param>
public sealed record RateCounts(Taken Refusals = default, Taken Acts = default, int Folded = 0)
{
    /// <summary>Five numbers: of refusals how many and when, of acts the same, and the folded.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Refusals.Count:R} {Refusals.At} {Acts.Count:R} {Acts.At} {Folded}\n");

    /// <returns>Null for what is no such line: another version's, or cut short.</returns>
    public static RateCounts? Parse(string line)
    {
        var words = line.TrimEnd('\n').Split(' ');
        return line.EndsWith('\n') && words.Length == 5
            && TryTaken(words[0], words[1], out var refusals)
            && TryTaken(words[2], words[3], out var acts)
            && int.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var folded)
            ? new RateCounts(refusals, acts, folded)
            : null;
    }

    private static bool TryTaken(string count, string at, out Taken taken)
    {
        var isOne = double.TryParse(count, NumberStyles.Float, CultureInfo.InvariantCulture, out var many)
            & long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var when);
        taken = new Taken(many, when);
        return isOne && double.IsFinite(many);
    }
}
