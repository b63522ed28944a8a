namespace XenShell.Screen.Driver;

/// <summary>What the terminal can show, by what the client says of it.</summary>
internal enum ColourMode
{
    /// <summary>NO_COLOR, or a terminal that has none: bold and reverse only.</summary>
    None,
    Eight,
    True,
}
