using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl destroy.</summary>
internal sealed class DestroyCommand(DomainStore store)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10); // a guest answers within milliseconds

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("destroy", arguments, "f", required: 1);
        var domain = DomainLookup.Require(store, options.Operands[0]);
        if (domain.Id == 0)
        {
            throw new XlException(1, "Not destroying domain 0; use -f to force.\n"
                + "This can only be done when using a disaggregated hardware domain and toolstack.\n\n");
        }

        return new Control(store).Send(domain.Id, "destroy", patience)
            ? 0
            : throw new XlException(1, "destroy failed (rc=-3)\n");
    }
}
