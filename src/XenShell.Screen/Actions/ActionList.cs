using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Screen.Drawing;

namespace XenShell.Screen.Actions;

/// <summary>The commands under way, and the last result, which stays until it has been read.</summary>
/// <param name="moved">Called when a command has said something or has ended: its guest is worth a look.</param>
internal sealed class ActionList(HostLayout layout, EventLoop loop, Action moved)
{
    private readonly List<GuestAction> running = [];
    private string? noticed;

    /// <summary>The line above the keys; null when there is nothing to say.</summary>
    internal Message? Message { get; private set; }

    /// <summary>All that the last finished command said.</summary>
    internal GuestAction? Last { get; private set; }

    internal bool IsRunning => running.Count > 0;

    /// <summary>The elapsed time is shown by the second.</summary>
    internal TimeSpan? NextMoment => IsRunning ? ScreenLimits.ElapsedTick : null;

    internal void Start(string line, Invocation? invocation)
    {
        if (running.Count == ScreenLimits.Running)
        {
            Say($"{ScreenLimits.Running} commands are under way; wait until one has ended");
            return;
        }

        var action = new GuestAction(layout, line, invocation) { Changed = Note };
        running.Add(action);
        loop.Add(action);
        Message = null;
    }

    /// <summary>The command under way on a guest; null when there is none.</summary>
    internal GuestAction? On(string guest) => running.Find(action => action.Invocation?.Guest?.Text == guest);

    /// <summary>Says it once for as long as it stays so; null where there is nothing to say.</summary>
    internal void Notice(string? text)
    {
        if (text is not null && text != noticed)
        {
            Say(text);
        }

        noticed = text;
    }

    internal void Say(string text, Style style = Style.Warning) => Message = new Message(text, style);

    internal void Clear() => Message = null;

    /// <summary>What goes on now, newest first.</summary>
    internal string Progress()
    {
        var newest = running[^1];
        var more = running.Count > 1 ? $" (and {running.Count - 1} more)" : "";
        var said = newest.Said.Count > 0 ? ": " + newest.Said[^1] : "";
        return $"{newest.Line} {newest.Elapsed.TotalSeconds:0} s{more}{said}  Ctrl-C stops waiting";
    }

    /// <returns>False when there is nothing to cancel.</returns>
    internal bool Cancel()
    {
        if (running.Count == 0)
        {
            return false;
        }

        running[^1].Cancel();
        return true;
    }

    private void Note(GuestAction action)
    {
        moved();
        if (action.Result is not { } code)
        {
            return;
        }

        running.Remove(action);
        loop.Remove(action);
        loop.Reap(action.Leave());
        Last = action;
        var said = action.Said;
        // A failure's first line says what is wrong, a success's last one what has come of it.
        var line = said.Count == 0 ? action.Line : code == ExitCode.Done ? said[^1] : said.FirstOrDefault(text => text.StartsWith("xen-shell: ", StringComparison.Ordinal), said[^1]);
        line = line.StartsWith("xen-shell: ", StringComparison.Ordinal) ? line["xen-shell: ".Length..] : line;
        Message = new Message(line, code == ExitCode.Done ? Style.Good : Style.Bad) { HasMore = said.Count > 1 };
    }
}
