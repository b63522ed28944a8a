using XenShell.Screen.Pages;

namespace XenShell.Screen;

/// <summary>The pages that lie on each other, and the boxes on top of them.</summary>
internal sealed class PaneStack
{
    private readonly Stack<Pane> panes = [];

    internal bool IsFull => panes.Count >= ScreenLimits.Pages;

    internal int Count => panes.Count;

    internal Pane Top => panes.Peek();

    /// <summary>The one that fills the screen.</summary>
    internal Pane TopPage => panes.First(pane => !pane.IsBox);

    /// <summary>That one, and the boxes on it, from below.</summary>
    internal IEnumerable<Pane> Visible => panes.Reverse().SkipWhile(pane => pane != TopPage);

    internal void Push(Pane pane) => panes.Push(pane);

    internal void Close() => panes.Pop().Close();

    internal void CloseAll()
    {
        while (panes.Count > 0)
        {
            Close();
        }
    }
}
