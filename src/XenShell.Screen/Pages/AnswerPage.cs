using XenShell.Screen.Actions;

namespace XenShell.Screen.Pages;

/// <summary>What a query answers, or a console log that is followed: what the guest meant for a terminal comes as text.</summary>
internal sealed class AnswerPage : TextPage
{
    private readonly GuestAction query;
    private readonly EventLoop loop;
    private readonly bool isLaidOut;

    /// <param name="isLaidOut">It is made for people, whose words are not cut at the edge; a log is shown as it is.</param>
    internal AnswerPage(string title, GuestAction query, EventLoop loop, bool isLaidOut)
        : base(title, () => query.Said)
    {
        this.isLaidOut = isLaidOut;
        this.query = query;
        this.loop = loop;
        loop.Add(query);
    }

    protected override IReadOnlyList<string> Lines(int columns) => isLaidOut ? Wrapped(base.Lines(columns), columns) : base.Lines(columns);

    internal override void Close()
    {
        loop.Remove(query);
        loop.Reap(query.Leave());
    }
}
