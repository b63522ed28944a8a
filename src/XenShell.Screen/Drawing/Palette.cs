using Terminal.Gui.Drawing;
using XenShell.Screen.Driver;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace XenShell.Screen.Drawing;

/// <summary>How each style looks. Colour says nothing that a word or a mark does not say too; the background is the terminal's own.</summary>
internal sealed class Palette(ColourMode colours)
{
    private static readonly Color Green = new(0, 200, 0), Yellow = new(220, 200, 0), Red = new(240, 40, 40), Cyan = new(0, 180, 200);

    internal Attribute Of(Style style) => style switch
    {
        Style.Bold => Text(Color.None, TextStyle.Bold),
        Style.Dim => Text(colours == ColourMode.None ? Color.None : Cyan, TextStyle.None),
        Style.Bar or Style.Selected => Text(Color.None, style == Style.Selected ? TextStyle.Reverse | TextStyle.Bold : TextStyle.Reverse),
        Style.Good => Text(Green, TextStyle.None),
        Style.Warning => Text(Yellow, TextStyle.Bold),
        Style.Bad => Text(Red, TextStyle.Bold),
        Style.Graph => Text(Cyan, TextStyle.None),
        _ => Text(Color.None, TextStyle.None),
    };

    private static Attribute Text(Color colour, TextStyle style) => new(colour, Color.None, style);
}
