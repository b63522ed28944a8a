using System.Globalization;
using System.Text;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>Prints what "xentop -b" prints: -i iterations, -d seconds between them, -f names in full.</summary>
internal sealed class TopCommand(DomainStore store, Streams streams)
{
    private const int DefaultDelay = 3; // xentop's

    private const string Header =
        "      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k)"
        + " VBDS   VBD_OO   VBD_RD   VBD_WR  VBD_RSECT  VBD_WSECT SSID\n";

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("top", arguments, "bfi:d:", new Dictionary<string, char> { ["batch"] = 'b', ["full-name"] = 'f', ["iterations"] = 'i', ["delay"] = 'd' });
        if (!options.Has('b'))
        {
            throw new XlException(1, "xl-sim: top needs -b\n");
        }

        var iterations = Number(options.Value('i')) ?? int.MaxValue;
        var delay = TimeSpan.FromSeconds(Number(options.Value('d')) ?? DefaultDelay);
        var before = new Dictionary<int, double>();
        for (var i = 0; i < iterations; i++)
        {
            if (i > 0)
            {
                Poll.Pause(delay);
            }

            var now = Environment.TickCount64;
            var domains = store.List();
            streams.Print(Table(domains, now, before, delay, options.Has('f')));
            before = domains.ToDictionary(domain => domain.Id, domain => domain.CpuNow(now));
        }

        return 0;
    }

    /// <param name="before">Processor seconds by id, one <paramref name="delay"/> ago.</param>
    public static string Table(IReadOnlyList<Domain> domains, long now, IReadOnlyDictionary<int, double> before, TimeSpan delay, bool fullNames = false)
    {
        var table = new StringBuilder(Header);
        foreach (var domain in domains.OrderBy(domain => domain.Name, StringComparer.OrdinalIgnoreCase))
        {
            var cpu = domain.CpuNow(now);
            var share = before.TryGetValue(domain.Id, out var then) ? (cpu - then) / delay.TotalSeconds * 100 : 0;
            var memory = domain.Phase == DomainPhase.Building ? 0 : domain.MemoryKb;
            var most = domain.MaxMemoryKb + (domain.Id == 0 ? 0 : 1024); // libxl's slack
            table.Append(CultureInfo.InvariantCulture,
                $"{(fullNames ? domain.Name : Cut(domain.Name)),10} {Flags(domain.Phase)} {(long)cpu,10} {share,6:F1} {memory,10} {Percent(memory),6:F1} {most,10} {Percent(most),9:F1} {domain.Vcpus,5}")
                .Append(Traffic(domain, now));
        }

        return table.ToString();
    }

    // A guest that is up talks a little, in waves, so that a demo has something to draw.
    private static string Traffic(Domain domain, long now)
    {
        var seconds = domain.Id == 0 || domain.StartedAt == 0 ? 0 : Math.Max(0, now - domain.StartedAt) / 1000.0;
        long Moved(double kibPerSecond, double wave) => (long)(kibPerSecond * (seconds + (wave * (1 - Math.Cos(seconds / wave)))));
        var devices = seconds > 0 ? 1 : 0; // one network and one disk
        return string.Create(CultureInfo.InvariantCulture,
            $" {devices,4} {Moved(24, 11),8} {Moved(6, 7),8} {devices,4} {0,8} {Moved(2, 5),8} {Moved(1, 9),8} {Moved(60, 17) * 2,10} {Moved(20, 13) * 2,10} {0,4}\n");
    }

    private static string Cut(string name) => name.Length > 10 ? name[..10] : name;

    private static double Percent(long memoryKb) => 100.0 * memoryKb / DomainStore.TotalMemoryKb;

    /// <summary>dying, shut down, blocked, crashed, paused, running.</summary>
    private static string Flags(DomainPhase phase) => phase switch
    {
        DomainPhase.Running => "-----r",
        DomainPhase.Idle => "--b---",
        DomainPhase.Shutdown => "-s----",
        DomainPhase.Crashed => "-s-c--",
        _ => "----p-",
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
