using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl pause and unpause. Xen counts: a domain paused twice wants unpausing twice.</summary>
internal sealed class PauseCommand(DomainStore store, string verb)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10); // a guest answers within milliseconds

    public int Run(IReadOnlyList<string> arguments)
    {
        var domain = DomainLookup.Require(store, Options.Parse(verb, arguments, "", required: 1).Operands[0]);
        if (domain.Id != 0)
        {
            new Control(store).Send(domain.Id, verb, patience);
        }

        return 0; // xl ignores what came of it
    }
}
