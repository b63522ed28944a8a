using XenShell.Core.Domains;
using XenShell.Core.Limits;

namespace XenShell.Core.Toolstacks;

/// <summary>The disks of all domains, shared by all who are about to start something: xenstored answers one question at a time.</summary>
public sealed class DiskSnapshot(HostLayout layout, IToolstack toolstack)
{
    private readonly SharedSnapshot<DomainDisk> snapshot = new(layout, "disks", Waits.DisksAreFresh, DomainDisk.Of);

    /// <summary>As they are this moment.</summary>
    /// <exception cref="ToolstackException">Nobody can say.</exception>
    public IReadOnlyList<DomainDisk> Now()
    {
        snapshot.Forget();
        return snapshot.Get(_ => [.. toolstack.Disks()]).Items;
    }
}
