namespace XenShell.Core.Native;

/// <summary>A terminal's size in character cells.</summary>
public readonly record struct WindowSize(int Rows, int Columns)
{
    public static WindowSize Default { get; } = new(24, 80);

    // A client may claim 0×0 or 65535²; nothing here draws more than this, as a screen keeps every cell in memory.
    private const int MaxRows = 300, MaxColumns = 600;

    /// <summary>A claimed size, with zeros replaced and giants cut.</summary>
    public static WindowSize FromClaim(int rows, int columns) =>
        new(
            rows < 1 ? Default.Rows : Math.Min(rows, MaxRows),
            columns < 1 ? Default.Columns : Math.Min(columns, MaxColumns));
}
