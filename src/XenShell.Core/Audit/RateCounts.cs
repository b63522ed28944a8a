using XenShell.Core.Limits;

namespace XenShell.Core.Audit;

/// <summary>What one login has used up of its <see cref="LoginRates"/>.</summary>
/// <param name="Folded">Refusals that stand in no line yet.</param>
public sealed record RateCounts(Taken Refusals = default, Taken Acts = default, int Folded = 0);
