using XenShell.Core.Domains;
using XenShell.Core.Limits;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// What all guests have moved, shared by all screens. Asked every two seconds at most: a run of xentop
/// costs more than one of xl, and people look at a trend, not at a second.
/// </summary>
public sealed class TrafficSnapshot(HostLayout layout, IToolstack toolstack)
{
    private readonly SharedSnapshot<Traffic> snapshot = new(layout, "traffic", Waits.TrafficIsFresh, Traffic.Of);

    /// <summary>What is known, and when it was seen; null where the host cannot tell.</summary>
    public SnapshotData<Traffic>? Look()
    {
        try
        {
            return snapshot.Get(_ => [.. toolstack.Traffic()]);
        }
        catch (ToolstackException)
        {
            return null; // an extra, which no screen should miss its states for
        }
    }
}
