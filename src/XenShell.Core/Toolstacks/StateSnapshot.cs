using XenShell.Core.Domains;
using XenShell.Core.Limits;
using XenShell.Core.Names;

namespace XenShell.Core.Toolstacks;

/// <summary>The state of all guests, shared by all sessions and asked from the toolstack at most once a second.</summary>
public sealed class StateSnapshot(HostLayout layout, IToolstack toolstack)
{
    private readonly SharedSnapshot<Domain> snapshot = new(layout, "snapshot", Waits.StatesAreFresh, Domain.Of);

    /// <summary>All domains, at most a second old.</summary>
    /// <exception cref="ToolstackException">The toolstack failed, now or within the last second.</exception>
    public IReadOnlyList<Domain> Domains() => Look().Items;

    /// <summary>The same, and when they were seen.</summary>
    /// <exception cref="ToolstackException">As above.</exception>
    public SnapshotData<Domain> Look() => snapshot.Get(known => WithStartTimes(toolstack.List(), known));

    /// <summary>The guest's domain, or null when it is off; at most a second old.</summary>
    public Domain? Of(GuestName name) => Domains().FirstOrDefault(domain => domain.Name == name.Text);

    /// <summary>The guest's domain as the toolstack has it this moment: for decisions under the guest's lock.</summary>
    public Domain? Now(GuestName name)
    {
        Forget();
        return Of(name);
    }

    /// <summary>What was known is out of date: something was changed.</summary>
    public void Forget() => snapshot.Forget();

    // A domid's start never changes, so the second query runs only when a domid is new; one that has no memory yet has no start either.
    private List<Domain> WithStartTimes(IReadOnlyList<Domain> domains, IReadOnlyList<Domain> known)
    {
        var starts = known
            .Where(domain => domain.Started is not null)
            .ToDictionary(domain => domain.Id, domain => domain.Started!.Value);
        if (domains.Any(domain => domain.Started is null && (domain.State != DomainState.Starting || domain.Memory > 0) && !starts.ContainsKey(domain.Id)))
        {
            try
            {
                foreach (var (id, started) in toolstack.StartTimes())
                {
                    starts.TryAdd(id, started);
                }
            }
            catch (ToolstackException)
            {
                // Uptimes are an extra: states are worth more than an error about them.
            }
        }

        return [.. domains.Select(d => d.Started is null && starts.TryGetValue(d.Id, out var at) ? d with { Started = at } : d)];
    }
}
