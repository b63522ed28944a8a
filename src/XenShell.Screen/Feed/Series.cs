namespace XenShell.Screen.Feed;

/// <summary>The last values of one measure; null where it was not known.</summary>
internal sealed class Series(int length)
{
    private const string Bars = " ▁▂▃▄▅▆▇█";

    private readonly Queue<double?> values = new();

    internal double? Last { get; private set; }

    internal void Add(double? value)
    {
        if (values.Count == length)
        {
            values.Dequeue();
        }

        values.Enqueue(value);
        Last = value;
    }

    /// <summary>The sum of two, moment by moment.</summary>
    internal static Series Sum(Series a, Series b)
    {
        var sum = new Series(int.MaxValue);
        foreach (var (x, y) in a.values.Zip(b.values))
        {
            sum.Add(x + y);
        }

        return sum;
    }

    /// <summary>A graph of so many columns, newest on the right.</summary>
    /// <param name="full">The value of a full bar; larger ones make it larger.</param>
    internal string Graph(int width, double full)
    {
        var shown = values.TakeLast(width).ToList();
        var most = Math.Max(full, shown.Max() ?? 0);
        return string.Concat(shown.Select(value => value switch
        {
            null => ' ',
            _ => Bars[1 + (int)Math.Round(value.Value / most * (Bars.Length - 2))],
        })).PadLeft(width);
    }
}
