using Terminal.Gui.Input;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Pages;

/// <summary>One thing on the screen that draws itself and takes keys: a page, or a box above one.</summary>
internal abstract class Pane
{
    /// <summary>Leaves the page below visible.</summary>
    internal virtual bool IsBox => false;

    /// <summary>Words for the line of keys, most useful first.</summary>
    internal virtual IEnumerable<KeyHint> Hints => [];

    /// <summary>Draws between the bars.</summary>
    /// <param name="top">First row that is the pane's.</param>
    /// <param name="rows">How many are.</param>
    internal abstract void Draw(Canvas canvas, int top, int rows);

    /// <returns>False when the key means nothing here.</returns>
    internal abstract bool Press(Key key);

    /// <summary>It is taken from the screen.</summary>
    internal virtual void Close()
    {
    }
}
