using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// The contract with what rules the guests, whatever that is: a program of Xen's today. Every call takes a bounded time,
/// and fails with a <see cref="ToolstackException"/>.
/// </summary>
public interface IToolstack
{
    /// <summary>Every domain but Domain-0 and half-made ones without a name.</summary>
    IReadOnlyList<Domain> List();

    /// <summary>Start times by domid, in seconds since 1970.</summary>
    IReadOnlyDictionary<int, long> StartTimes();

    /// <summary>The disks of all running domains, and of those that are being made or went without being cleared away.</summary>
    IReadOnlyList<DomainDisk> Disks();

    /// <summary>A guest's file may say that a disk is meant to be written by several ("w!").</summary>
    bool SharesDisks { get; }

    /// <summary>What each domain has moved.</summary>
    IReadOnlyList<Traffic> Traffic();

    /// <summary>Xen's version, such as "4.17.7".</summary>
    string Version();

    /// <summary>MiB that the host has, Domain-0's own among them; null when it does not tell.</summary>
    long? HostMemory();

    /// <summary>Who makes a domain just now, and keeps all others from that until it is made.</summary>
    /// <returns>Null when nobody does, or where nobody is kept from it.</returns>
    DomainMaker? Maker();

    /// <param name="file">The guest's configuration, in the toolstack's own words.</param>
    /// <param name="kept">Stays open as long as the guest's own process of the toolstack's lives, which is as long as the guest does.</param>
    /// <param name="goesOn">Is asked every few seconds, with the pid of what makes the domain, which is ended on a no.</param>
    void Create(string file, Fd kept, Func<int, bool> goesOn);

    /// <summary>Reads a guest's configuration as <see cref="Create"/> does, and makes nothing of it.</summary>
    void Check(string file);

    /// <summary>This very domain, whatever it is called by now.</summary>
    /// <param name="id">Its domid.</param>
    void Destroy(int id);

    IToolstackRequest Shutdown(GuestName name);

    IToolstackRequest Reboot(GuestName name);

    void Pause(GuestName name);

    void Unpause(GuestName name);

    void SendSysreq(GuestName name, char key);

    /// <summary>The console client, to be started on a terminal.</summary>
    SpawnRequest Console(GuestName name);
}
