using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl domid.</summary>
internal sealed class DomidCommand(DomainStore store, Streams streams)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        var name = Options.Parse("domid", arguments, "", required: 1).Operands[0];
        var domain = DomainLookup.ByName(store, name)
            ?? throw new XlException(1, $"Can't get domid of domain name '{name}', maybe this domain does not exist.\n");
        streams.Print($"{domain.Id}\n");
        return 0;
    }
}
