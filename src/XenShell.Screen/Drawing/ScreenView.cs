using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace XenShell.Screen.Drawing;

/// <summary>The one view: hands Terminal.Gui what the pages drew, and the pages its keys.</summary>
/// <param name="draw">Draws a screenful of this size.</param>
/// <param name="press">Gets every key: none is left to Terminal.Gui's own bindings, which quit, suspend and paste.</param>
internal sealed class ScreenView(Palette palette, Func<int, int, Canvas> draw, Action<Key> press) : Runnable
{
    protected override bool OnClearingViewport() => true; // every cell is drawn

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var canvas = draw(Viewport.Width, Viewport.Height);
        for (var row = 0; row < canvas.Rows; row++)
        {
            foreach (var (column, text, style) in canvas.Runs(row))
            {
                SetAttribute(palette.Of(style));
                Move(column, row);
                AddStr(text);
            }
        }

        return true;
    }

    protected override bool OnKeyDown(Key key)
    {
        press(key);
        SetNeedsDraw();
        return true;
    }
}
