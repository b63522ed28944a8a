using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl shutdown and reboot: returns when the guest's kernel has acknowledged, with -w when the domain has ended.</summary>
internal sealed class ShutdownCommand(DomainStore store, Streams streams, bool reboot)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60); // libxl's for the acknowledgement

    private static readonly TimeSpan tick = TimeSpan.FromMilliseconds(20);

    private string Verb => reboot ? "reboot" : "shutdown";

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse(Verb, arguments, "awF", new Dictionary<string, char> { ["all"] = 'a', ["wait"] = 'w' });
        if (options.Operands.Count == 0 && !options.Has('a'))
        {
            throw new XlException(1, "You must specify -a or a domain id.\n\n");
        }

        IReadOnlyList<Domain> domains = options.Has('a')
            ? [.. store.List().Where(domain => domain.Id != 0)]
            : [DomainLookup.Require(store, options.Operands[0])];
        foreach (var domain in domains)
        {
            Ask(domain);
        }

        if (options.Has('w'))
        {
            streams.Complain($"Waiting for {domains.Count} domains\n");
            foreach (var domain in domains)
            {
                WaitForEnd(domain.Id);
            }
        }

        return 0;
    }

    private void Ask(Domain domain)
    {
        streams.Complain(reboot ? $"Rebooting domain {domain.Id}\n" : $"Shutting down domain {domain.Id}\n");
        if (domain.Id != 0 && !new Control(store).Send(domain.Id, Verb, patience))
        {
            throw new XlException(1, $"libxl: error: libxl_domain.c:873:pvcontrol_cb: guest didn't acknowledge control request: -9\n{Verb} failed (rc=-9)\n");
        }
    }

    private void WaitForEnd(int id)
    {
        while (store.Find(id) is { Phase: not DomainPhase.Shutdown and not DomainPhase.Crashed })
        {
            Poll.Pause(tick);
        }

        streams.Complain($"Domain {id} has been shut down, reason code {(reboot ? 1 : 0)}\n");
    }
}
