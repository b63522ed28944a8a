using XenShell.Screen.Actions;

namespace XenShell.Screen.Pages;

/// <summary>What a query answers, or a console log that is followed: what the guest meant for a terminal comes as text.</summary>
internal sealed class AnswerPage : TextPage
{
    private readonly GuestAction query;
    private readonly EventLoop loop;

    internal AnswerPage(string title, GuestAction query, EventLoop loop)
        : base(title, () => query.Said)
    {
        this.query = query;
        this.loop = loop;
        loop.Add(query);
    }

    internal override void Close()
    {
        loop.Remove(query);
        loop.Reap(query.Leave());
    }
}
