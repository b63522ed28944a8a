namespace XenShell.Core.Toolstacks;

/// <summary>A request that the guest itself has to answer, under way. Disposing ends the waiting; the request stays with the guest.</summary>
public interface IToolstackRequest : IDisposable
{
    /// <summary>The guest has acknowledged the request.</summary>
    bool IsAcknowledged { get; }

    /// <summary>Waits for the acknowledgement, at most so long.</summary>
    /// <exception cref="ToolstackException">The toolstack refused the request, or cannot reach Xen.</exception>
    void Wait(TimeSpan time);
}
