using XenShell.Core.Native;

namespace XenShell.Screen;

/// <summary>Something that the event loop waits for beside keys.</summary>
internal interface IEventSource
{
    /// <summary>Readable when there is something; null watches nothing now.</summary>
    Fd? Ready { get; }

    /// <summary>Takes what is there, without waiting.</summary>
    void Take();
}
