using XenShell.Sim.Consoles;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl console.</summary>
internal sealed class XlConsole(DomainStore store, Streams streams)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("console", arguments, "n:t:e:", new Dictionary<string, char> { ["num"] = 'n', ["type"] = 't', ["escape"] = 'e' }, required: 1);
        var domain = DomainLookup.Require(store, options.Operands[0]);
        return domain.Id != 0
            ? new ConsoleClient(store, streams).Run(domain)
            : throw new XlException(22, "Can't specify Domain-0\n"); // EINVAL
    }
}
