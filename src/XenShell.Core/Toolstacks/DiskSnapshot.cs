using XenShell.Core.Domains;

namespace XenShell.Core.Toolstacks;

/// <summary>The disks of all domains, shared by all who are about to start something: xenstored answers one question at a time.</summary>
public sealed class DiskSnapshot(HostLayout layout, IToolstack toolstack)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly SharedSnapshot<DomainDisk> snapshot = new(layout, "disks", FreshFor, DomainDisk.Of);

    /// <summary>As they are this moment.</summary>
    /// <exception cref="ToolstackException">Nobody can say.</exception>
    public IReadOnlyList<DomainDisk> Now()
    {
        snapshot.Forget();
        return snapshot.Get(_ => [.. toolstack.Disks()]).Items;
    }
}
