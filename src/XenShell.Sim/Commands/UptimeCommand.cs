using System.Globalization;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl uptime; it counts while a guest is paused, too.</summary>
internal sealed class UptimeCommand(DomainStore store, Streams streams)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("uptime", arguments, "s");
        var domains = options.Operands.Count == 0
            ? store.List()
            : [.. options.Operands.Select(word => DomainLookup.Require(store, word))];
        var now = Environment.TickCount64;
        var clock = DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        if (!options.Has('s'))
        {
            streams.Print($"{"Name",-33} {"ID",4} Uptime\n");
        }

        foreach (var domain in domains)
        {
            var up = TimeSpan.FromMilliseconds(now - domain.StartedAt);
            streams.Print(options.Has('s')
                ? $" {clock} up {Format(up, seconds: false)}, {domain.Name} ({domain.Id})\n"
                : $"{domain.Name,-33} {domain.Id,4} {Format(up, seconds: true)}\n");
        }

        return 0;
    }

    /// <summary>" 0:01:28", "1 day,  0:01:28", "3 days,  0:01:28"; the short form without seconds.</summary>
    public static string Format(TimeSpan up, bool seconds) =>
        up.Days switch { 0 => "", 1 => "1 day, ", var days => $"{days} days, " }
        + $"{up.Hours,2}:{up.Minutes:D2}" + (seconds ? $":{up.Seconds:D2}" : "");
}
