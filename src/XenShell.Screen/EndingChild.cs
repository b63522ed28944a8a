using XenShell.Core.Native;

namespace XenShell.Screen;

/// <summary>A child that was told to end: reaped when it has, so that nobody waits and no zombie stays.</summary>
internal sealed class EndingChild(ChildProcess child, Action<EndingChild> reaped) : IEventSource
{
    public Fd Ready => child.Exited;

    public void Take()
    {
        child.Wait(TimeSpan.Zero);
        child.Dispose();
        reaped(this);
    }
}
