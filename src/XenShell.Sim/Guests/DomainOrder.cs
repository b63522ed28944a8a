using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>What "create" tells the new guest process, as one line of JSON on its input.</summary>
internal sealed record DomainOrder(Domain Domain, Behaviour Behaviour, bool Paused);
