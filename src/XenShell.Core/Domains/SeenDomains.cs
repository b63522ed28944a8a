using XenShell.Core.Names;

namespace XenShell.Core.Domains;

/// <summary>All domains of one look, by name.</summary>
public sealed class SeenDomains
{
    private const string Unknown = "unknown";

    private readonly Dictionary<string, Domain> byName = new(StringComparer.Ordinal);
    private readonly bool isUnsure;

    public SeenDomains(IReadOnlyList<Domain> domains)
    {
        foreach (var domain in domains)
        {
            byName.TryAdd(domain.Name, domain);
            isUnsure |= domain.IsNameless;
        }
    }

    public int Count => byName.Count;

    public Domain? Of(GuestName guest) => byName.GetValueOrDefault(guest.Text);

    /// <summary>The guest's state for people. While a domain runs that Xen cannot name, nobody can say that a guest is off.</summary>
    public string Word(GuestName guest) =>
        Of(guest) is { } domain ? DomainStateWords.Of(domain.State) : isUnsure ? Unknown : DomainStateWords.Of(DomainState.Off);
}
