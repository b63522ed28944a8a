using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl sysrq.</summary>
internal sealed class SysRqCommand(DomainStore store)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10); // a guest answers within milliseconds

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("sysrq", arguments, "", required: 2);
        var domain = DomainLookup.Require(store, options.Operands[0]);
        if (options.Operands[1] is not [var key])
        {
            throw new XlException(1, "Invalid sysrq.\n\n", Usage.Of("sysrq")!);
        }

        if (domain.Id != 0 && key is > ' ' and <= '~')
        {
            new Control(store).Send(domain.Id, $"sysrq {key}", patience);
        }

        return 0;
    }
}
