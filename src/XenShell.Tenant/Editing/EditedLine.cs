namespace XenShell.Tenant.Editing;

/// <summary>A line that somebody types, with history and completion: the same at the prompt and on the full screen.</summary>
/// <param name="history">What Up and Down bring back; null for nothing.</param>
/// <param name="candidates">Words for the one before the cursor; null completes nothing.</param>
public sealed class EditedLine(History? history, Func<string, IReadOnlyList<string>>? candidates)
{
    private readonly LineBuffer line = new();
    private string kept = "";
    private int historyAt = history?.Count ?? 0;

    public string Text => line.Text;

    public int Cursor => line.Cursor;

    public bool CanComplete => candidates is not null;

    /// <summary>Begins anew.</summary>
    public void Begin(string text = "")
    {
        line.Replace(text);
        historyAt = history?.Count ?? 0;
    }

    public void Press(LineKey key, char character = '\0')
    {
        switch (key)
        {
            case LineKey.Character: line.Insert(character.ToString()); break;
            case LineKey.Delete: line.Delete(); break;
            case LineKey.Backspace: line.Backspace(); break;
            case LineKey.Left: line.Left(); break;
            case LineKey.Right: line.Right(); break;
            case LineKey.Home: line.Home(); break;
            case LineKey.End: line.End(); break;
            case LineKey.KillToEnd: line.KillToEnd(); break;
            case LineKey.KillToStart: line.KillToStart(); break;
            case LineKey.KillWord: line.KillWord(); break;
            case LineKey.Up: Recall(-1); break;
            case LineKey.Down: Recall(+1); break;
        }
    }

    /// <summary>Tab: puts what is certain.</summary>
    /// <returns>What it could be, where that is more than one; null where it can be nothing; else empty.</returns>
    public IReadOnlyList<string>? Complete()
    {
        if (candidates?.Invoke(line.BeforeCursor) is not { Count: > 0 } found)
        {
            return null;
        }

        var typed = line.BeforeCursor.Length - (line.BeforeCursor.LastIndexOf(' ') + 1);
        var prefix = Completer.CommonPrefix(found);
        if (prefix.Length <= typed && found.Count > 1)
        {
            return found;
        }

        line.Insert(prefix[typed..] + (found.Count == 1 && !prefix.EndsWith('=') ? " " : ""));
        return [];
    }

    private void Recall(int step)
    {
        var next = historyAt + step;
        if (history is null || next < 0 || next > history.Count)
        {
            return;
        }

        kept = historyAt == history.Count ? line.Text : kept;
        historyAt = next;
        line.Replace(next == history.Count ? kept : history[next]);
    }
}
