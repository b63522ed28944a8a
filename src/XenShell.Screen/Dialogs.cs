using XenShell.Core.Commands;
using XenShell.Screen.Feed;
using XenShell.Screen.Pages;
using XenShell.Tenant.Editing;

namespace XenShell.Screen;

/// <summary>Questions, and lines to be typed, above the page that they are about.</summary>
internal sealed class Dialogs(PaneStack panes, GuestList list, KnownWords known, History history)
{
    internal void Ask(string question, string consequence, Action yes) =>
        panes.Push(new ConfirmBox(question, consequence, Closing<bool>(isYes =>
        {
            if (isYes)
            {
                yes();
            }
        })));

    internal void TypeFilter() => Type("/", list.Filter, _ => { }, list.FilterBy, () => list.FilterBy(""));

    internal void TypeSearch(TextPage page) => Type("/", "", page.Search);

    internal void TypeCommand(string text, Action<string> execute)
    {
        var line = new EditedLine(history, before => Completer.Candidates(before, known));
        line.Begin(text);
        panes.Push(new LineBar(":", line, Closing(execute), panes.Close));
    }

    private void Type(string prompt, string text, Action<string> accept, Action<string>? changed = null, Action? giveUp = null)
    {
        var line = new EditedLine(history: null, candidates: null);
        line.Begin(text);
        panes.Push(new LineBar(prompt, line, Closing(accept), () => Closing<string>(_ => giveUp?.Invoke())("")) { Changed = changed ?? (_ => { }) });
    }

    private Action<T> Closing<T>(Action<T> then) => value =>
    {
        panes.Close();
        then(value);
    };
}
