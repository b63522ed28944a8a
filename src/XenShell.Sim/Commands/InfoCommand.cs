using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl info: info.txt is the lab's; memory is the simulated host's.</summary>
internal sealed class InfoCommand(DomainStore store, Streams streams)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        Options.Parse("info", arguments, "n", new Dictionary<string, char> { ["numa"] = 'n' });
        streams.Print(Resource.Text("info.txt")
            .Replace("{host}", Environment.MachineName, StringComparison.Ordinal)
            .Replace("{total}", $"{DomainStore.TotalMemoryKb / 1024}", StringComparison.Ordinal)
            .Replace("{free}", $"{store.FreeMemoryKb() / 1024}", StringComparison.Ordinal));
        return 0;
    }
}
