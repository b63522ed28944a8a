namespace XenShell.Core.Toolstacks;

/// <summary>One line of the toolstack's list.</summary>
/// <param name="Id">domid; a guest that reboots gets a new one.</param>
/// <param name="Memory">MiB.</param>
/// <param name="CpuSeconds">CPU time used so far.</param>
/// <param name="Started">Unix time of its start; null when not known.</param>
public sealed record Domain(string Name, int Id, long Memory, int Vcpus, DomainState State, double CpuSeconds, long? Started = null)
{
    private const string NoName = "(null)"; // xl's word for one that xenstore does not name: it is being made, or xenstored was lost

    /// <summary>It runs, and nobody can say which guest it is.</summary>
    public bool IsNameless => Name == NoName && State is (DomainState.Running or DomainState.Paused or DomainState.Starting);
}
