using System.Globalization;
using XenShell.Core.Domains;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// The driver for xm(1) of the xend era: the same verbs, and "list --long" as S-expressions
/// (xen-3.x, tools/python/xen/xm/main.py).
/// </summary>
public sealed class XmToolstack(string program, IReadOnlyList<string> top) : ToolstackProgram(program, top)
{
    public override IReadOnlyList<Domain> List() => ParseList(Query("list", "--long"));

    public override IReadOnlyDictionary<int, long> StartTimes() =>
        List().Where(domain => domain.Started is not null).ToDictionary(domain => domain.Id, domain => domain.Started!.Value);

    public override IReadOnlyList<DomainDisk> Disks() => ParseDisks(Query("list", "--long"));

    /// <summary>"(device (vbd (uname phy:/dev/vg0/web1-disk) (dev xvda2:disk) (mode w) …))", of domains that run.</summary>
    public static IReadOnlyList<DomainDisk> ParseDisks(string text)
    {
        var disks = new List<DomainDisk>();
        foreach (var domain in Parse(text).Where(node => node.Head == "domain"))
        {
            if (int.TryParse(domain.Value("domid"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                disks.AddRange(domain.Items.Where(item => item.Head == "device").SelectMany(device => device.Items).Select(item => DiskOf(id, item)).OfType<DomainDisk>());
            }
        }

        return disks;
    }

    // 'w!' is meant to be shared
    private static DomainDisk? DiskOf(int domain, Sxp item) =>
        item.Head is "vbd" or "tap" or "tap2" && item.Value("uname") is { } target ? new DomainDisk(domain, PathOf(target), item.Value("mode") == "w") : null;

    // "phy:/dev/x", "phy:x" below /dev, "file:/x", "tap:aio:/x", and a name of a script's ("drbd:r0"); a path may have colons of its own.
    private static string PathOf(string uname) => uname.IndexOf(":/", StringComparison.Ordinal) is >= 0 and var colon
        ? uname[(colon + 1)..]
        : uname[(uname.LastIndexOf(':') + 1)..];

    public override bool SharesDisks => true;

    public override string Version() => XenInfo.Version(Query("info"));

    public override long? HostMemory() => XenInfo.TotalMemory(Query("info"));

    public override DomainMaker? Maker() => null; // xend makes them in turn

    /// <summary>One "(domain (domid 3) (name web1) (state -b----) …)" a guest; managed domains that are off have no domid.</summary>
    /// <exception cref="ToolstackException">The answer is not wholly what xend writes: then nothing in it can be believed.</exception>
    public static IReadOnlyList<Domain> ParseList(string text)
    {
        var domains = new List<Domain>();
        foreach (var domain in Parse(text).Where(node => node.Head == "domain"))
        {
            if (domain.Value("name") is { } name
                && int.TryParse(domain.Value("domid"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                var memory = (long)(Number(domain.Value("memory")) ?? 0);
                var vcpus = (int)(Number(domain.Value("online_vcpus") ?? domain.Value("vcpus")) ?? 0);
                var cpuSeconds = Number(domain.Value("cpu_time")) ?? 0;
                domains.Add(new Domain(
                    name,
                    id,
                    memory,
                    vcpus,
                    XlToolstack.StateOf(domain.Value("state") ?? "", memory, vcpus, cpuSeconds),
                    cpuSeconds,
                    (long?)Number(domain.Value("start_time"))));
            }
        }

        return domains;
    }

    private static IReadOnlyList<Sxp> Parse(string text)
    {
        try
        {
            return Sxp.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ToolstackException("the toolstack's list cannot be read", e.Message, isSilent: true);
        }
    }

    protected override bool IsUnreachable(string error) =>
        error.Contains("Unable to connect to xend", StringComparison.Ordinal)
        || error.Contains("Connection refused", StringComparison.Ordinal);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue * 4.0
            ? number
            : null;
}
