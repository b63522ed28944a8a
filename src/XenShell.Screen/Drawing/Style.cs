namespace XenShell.Screen.Drawing;

/// <summary>What a piece of text is, and not yet how it looks: that is the terminal's affair.</summary>
internal enum Style
{
    Plain,
    Bold,

    /// <summary>Headings and what is of less weight.</summary>
    Dim,

    /// <summary>The lines at the top and the bottom.</summary>
    Bar,

    /// <summary>Where the cursor is.</summary>
    Selected,
    Good,
    Warning,
    Bad,
    Graph,
}
