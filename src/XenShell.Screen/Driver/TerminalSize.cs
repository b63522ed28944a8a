using Terminal.Gui.ViewBase;
using Terminal.Gui.Drivers;

namespace XenShell.Screen.Driver;

/// <summary>Tells Terminal.Gui of a new size; looked at after each event, of which SIGWINCH is one.</summary>
internal sealed class TerminalSize(IOutput output) : ISizeMonitor
{
    private System.Drawing.Size last = output.GetSize();

    public event EventHandler<SizeChangedEventArgs>? SizeChanged;

    public bool Poll()
    {
        var size = output.GetSize();
        if (size == last)
        {
            return false;
        }

        last = size;
        SizeChanged?.Invoke(this, new SizeChangedEventArgs(size));
        return true;
    }
}
