namespace XenShell.Core.Limits;

/// <summary>So many at once, and so many a minute in the long run: a bucket that leaks.</summary>
/// <param name="Burst">How many fit in.</param>
/// <param name="PerMinute">How many leak out.</param>
public sealed record Allowance(int Burst, int PerMinute)
{
    private const double MillisecondsPerMinute = 60_000;

    /// <summary>All of it, at that moment.</summary>
    public Taken UsedUp(long now) => new(Burst, now);

    /// <summary>Takes one more, if there is one.</summary>
    /// <param name="now">Milliseconds of a clock that nobody can set, such as the time since boot.</param>
    public bool TryTake(ref Taken taken, long now)
    {
        var count = Math.Max(0, taken.Count - (Math.Max(0, now - taken.At) * PerMinute / MillisecondsPerMinute));
        var fits = count + 1 <= Burst;
        taken = new Taken(fits ? count + 1 : count, now);
        return fits;
    }
}
