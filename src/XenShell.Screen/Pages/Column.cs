using XenShell.Core.Reports;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>A column of the dashboard.</summary>
/// <param name="Width">Columns of the terminal, without the blank behind.</param>
/// <param name="Rank">Where it is narrow, the low ones stay.</param>
internal sealed record Column(string Heading, int Width, int Rank, Func<WatchedGuest, string> Text)
{
    internal bool IsRight { get; init; }

    internal Func<WatchedGuest, Style> Style { get; init; } = _ => Drawing.Style.Plain;

    internal string Fitted(string text) =>
        (text.Length > Width ? text[..(Width - 1)] + "…" : IsRight ? text.PadLeft(Width) : text.PadRight(Width)) + " ";
}
