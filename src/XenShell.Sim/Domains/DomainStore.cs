using System.Globalization;
using System.Text;
using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Sim.Domains;

/// <summary>
/// The simulator's folder. Per domain: ID.domain (its state, replaced whole), ID.alive (locked by the
/// guest process for its life: a killed guest is gone at once), ID.control (a FIFO to the guest),
/// ID.console (locked by the attached client). "next-domid" and the lock "claim" serve them all.
/// </summary>
internal sealed class DomainStore
{
    /// <summary>Of the whole simulated host.</summary>
    public const long TotalMemoryKb = 64L << 20;

    private const int MaxStateFile = 64 << 10; // a domain's state is about 1 kB

    private readonly string folder;

    public DomainStore(HostLayout layout)
    {
        folder = layout.SimulatorFolder;
        Folders.Create(folder);
    }

    public string ControlPath(int id) => Path(id, "control");

    public string ConsoleLockPath(int id) => Path(id, "console");

    public string ReplyPath(string name) => $"{folder}/reply.{name}";

    /// <summary>The live domains, Domain-0 first, by id.</summary>
    public IReadOnlyList<Domain> List()
    {
        var domains = new List<Domain> { Domain.Zero(Environment.TickCount64) };
        foreach (var name in Folders.Names(folder))
        {
            if (name.EndsWith(".domain", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(0, name.Length - ".domain".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Find(id) is { } domain)
            {
                domains.Add(domain);
            }
        }

        domains.Sort((a, b) => a.Id.CompareTo(b.Id));
        return domains;
    }

    /// <summary>For the guest itself: is its state still there?</summary>
    public bool Has(int id)
    {
        using var file = FileSystem.TryOpen(Path(id, "domain"));
        return file is not null;
    }

    public long FreeMemoryKb() => TotalMemoryKb - List().Sum(domain => domain.MemoryKb);

    /// <summary>The domain if its guest lives; null otherwise.</summary>
    public Domain? Find(int id)
    {
        if (id == 0)
        {
            return Domain.Zero(Environment.TickCount64);
        }

        // The state file appears after the lock is taken: without it there is nothing to probe.
        using var file = FileSystem.TryOpen(Path(id, "domain"));
        using var alive = FileSystem.TryOpen(Path(id, "alive"));
        if (file is null || alive is null)
        {
            return null;
        }

        if (alive.TryShareLock())
        {
            Forget(id); // nobody holds it: the guest was killed
            return null;
        }

        return file.ReadAll(MaxStateFile) is { } bytes
            ? JsonSerializer.Deserialize(bytes, DomainJson.Default.Domain)
            : null;
    }

    /// <summary>Gives the domain the next id and makes it visible, unless its name is taken or the memory is.</summary>
    /// <returns>The domain with its id, and the lock that says that it lives.</returns>
    /// <exception cref="DomainRefusedException">The id is used up all the same, as Xen does.</exception>
    public (Domain Domain, Fd Alive) Claim(Domain wanted)
    {
        using var claim = FileSystem.OpenOrCreate($"{folder}/claim");
        claim.Lock();
        var others = List();
        var id = NextId();
        if (others.Any(other => other.Name == wanted.Name))
        {
            throw DomainRefusedException.NameTaken(id, wanted.Name);
        }

        if (others.Sum(other => other.MemoryKb) + wanted.MemoryKb > TotalMemoryKb)
        {
            throw DomainRefusedException.NoMemory(id);
        }

        var alive = FileSystem.OpenOrCreate(Path(id, "alive"));
        alive.TryLock();
        var domain = wanted with { Id = id };
        FileSystem.CreateFifo(ControlPath(id));
        Save(domain);
        return (domain, alive);
    }

    public void Save(Domain domain) =>
        AtomicFile.Write(Path(domain.Id, "domain"), JsonSerializer.SerializeToUtf8Bytes(domain, DomainJson.Default.Domain));

    /// <summary>Removes every trace; the state file first, so that nobody sees a part of it.</summary>
    public void Forget(int id)
    {
        foreach (var kind in (ReadOnlySpan<string>)["domain", "control", "console", "alive"])
        {
            FileSystem.Remove(Path(id, kind));
        }
    }

    /// <summary>An id that is never given again, for a create that fails before there is a domain.</summary>
    public int SpendId()
    {
        using var claim = FileSystem.OpenOrCreate($"{folder}/claim");
        claim.Lock();
        return NextId();
    }

    private int NextId()
    {
        var path = $"{folder}/next-domid";
        using var file = FileSystem.TryOpen(path);
        var id = file is not null && file.ReadAll(32) is { } bytes
            ? int.Parse(bytes, NumberStyles.None, CultureInfo.InvariantCulture)
            : 1;
        AtomicFile.Write(path, Encoding.ASCII.GetBytes((id + 1).ToString(CultureInfo.InvariantCulture)));
        return id;
    }

    private string Path(int id, string kind) => $"{folder}/{id}.{kind}";
}
