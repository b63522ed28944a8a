using System.Globalization;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl list: a table, or with -l JSON.</summary>
internal sealed class ListCommand(DomainStore store, Streams streams)
{
    private static readonly Dictionary<string, char> words = new()
    {
        ["long"] = 'l',
        ["verbose"] = 'v',
        ["context"] = 'Z',
        ["cpupool"] = 'c',
        ["numa"] = 'n',
    };

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("list", arguments, "lvZcn", words);
        IReadOnlyList<Domain> domains = options.Operands switch
        {
            [] => store.List(),
            [var word] => [Require(word)],
            _ => throw new XlException(1, "", Usage.Of("list")!),
        };
        streams.Print(options.Has('l')
            ? LongList.Format(domains)
            : Table(domains, Environment.TickCount64, options.Has('v')));
        return 0;
    }

    public static string Table(IReadOnlyList<Domain> domains, long now, bool verbose) =>
        "Name                                        ID   Mem VCPUs\tState\tTime(s)"
        + (verbose ? "   UUID                            Reason-Code\tSecurity Label\n" : "\n")
        + string.Concat(domains.Select(domain => Row(domain, now, verbose)));

    private static string Row(Domain domain, long now, bool verbose)
    {
        var built = domain.Phase != DomainPhase.Building;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{domain.Name,-40} {domain.Id,5} {(built ? domain.MemoryKb / 1024 : 0),5} {(built ? domain.Vcpus : 0),5}     {Flags(domain.Phase)}  {domain.CpuNow(now),8:F1}")
            + (verbose ? $" {domain.Uuid} {"-",8} {"-",16}\n" : "\n");
    }

    /// <summary>running, blocked, paused, shut down, crashed, dying.</summary>
    private static string Flags(DomainPhase phase) => phase switch
    {
        DomainPhase.Running => "r-----",
        DomainPhase.Idle => "-b----",
        DomainPhase.Shutdown => "---s--",
        DomainPhase.Crashed => "---sc-",
        _ => "--p---",
    };

    private Domain Require(string word)
    {
        try
        {
            return DomainLookup.Require(store, word);
        }
        catch (XlException) when (word.All(char.IsAsciiDigit))
        {
            throw new XlException(1, $"Error: Domain '{word}' does not exist.\n");
        }
    }
}
