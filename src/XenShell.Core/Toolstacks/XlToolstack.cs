using System.Globalization;
using XenShell.Core.Domains;

namespace XenShell.Core.Toolstacks;

/// <summary>The driver for xl(1), Xen 4.1 and later.</summary>
/// <param name="store">xenstore-ls and its first arguments.</param>
public sealed class XlToolstack(string program, IReadOnlyList<string> top, IReadOnlyList<string> store) : ToolstackProgram(program, top)
{
    public override IReadOnlyList<Domain> List() => ParseList(Query("list"));

    public override IReadOnlyDictionary<int, long> StartTimes() =>
        ParseUptime(Query("uptime"), DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    // Not "xl list -l": libxl asks each guest's device model for that, and one that hangs would keep all others from booting.
    public override IReadOnlyList<DomainDisk> Disks()
    {
        var disks = new List<DomainDisk>();
        foreach (var folder in BackendTree.KindFolders)
        {
            try
            {
                disks.AddRange(BackendTree.Disks(Query(store, "-f", folder)));
            }
            catch (ToolstackException e) when (BackendTree.IsMissing(folder, e.Detail))
            {
                // no guest has one of this kind
            }
            catch (ToolstackException e)
            {
                throw new ToolstackException("xenstore does not say whose disks are in use", e.Detail, isSilent: true);
            }
        }

        return disks;
    }

    public override bool SharesDisks => false;

    public override string Version() => XenInfo.Version(Query("info"));

    public override long? HostMemory() => XenInfo.TotalMemory(Query("info"));

    public override DomainMaker? Maker() => XlLock.Holder() is { } pid ? DomainMaker.OfXl(pid) : null;

    /// <summary>"Name ID Mem VCPUs State Time(s)", a header first; what does not fit the columns is left out.</summary>
    public static IReadOnlyList<Domain> ParseList(string text)
    {
        var domains = new List<Domain>();
        foreach (var line in text.Split('\n').Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length >= 5 // a name that somebody gave by hand may have blanks, or be none
                && int.TryParse(columns[^5], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                && long.TryParse(columns[^4], NumberStyles.None, CultureInfo.InvariantCulture, out var memory)
                && int.TryParse(columns[^3], NumberStyles.None, CultureInfo.InvariantCulture, out var vcpus)
                && double.TryParse(columns[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            {
                domains.Add(new Domain(string.Join(' ', columns[..^5]), id, memory, vcpus, StateOf(columns[^2], memory, vcpus, seconds), seconds));
            }
        }

        return domains;
    }

    /// <summary>
    /// Six flags: running, blocked, paused, shut down, why it shut down, dying. No flag means runnable; a paused domain
    /// that has no memory or no CPU yet, or never ran, is being built or restored, and has its disks last: it would be
    /// lost if it was let go. Why: c crashed, w its watchdog, s suspended, r to reboot (xl_list.c).
    /// </summary>
    public static DomainState StateOf(string flags, long memory, int vcpus, double cpuSeconds) => flags switch
    {
        [_, _, _, _, _, 'd', ..] => DomainState.Dying,
        [_, _, _, _, 'c' or 'w', ..] => DomainState.Crashed,
        [_, _, _, 's', 's', ..] => DomainState.Suspended,
        [_, _, _, 's', ..] => DomainState.Down,
        [_, _, 'p', ..] => memory == 0 || vcpus == 0 || cpuSeconds == 0 ? DomainState.Starting : DomainState.Paused,
        _ => DomainState.Running,
    };

    /// <summary>"Name ID Uptime", where uptime is "0:01:28" or "3 days,  0:01:28"; a domain made by hand may have a name of several words.</summary>
    public static IReadOnlyDictionary<int, long> ParseUptime(string text, long now)
    {
        var starts = new Dictionary<int, long>();
        foreach (var line in text.Split('\n').Skip(1))
        {
            var columns = line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var (at, days) = columns is [.., var count, "day" or "days", _] ? (4, Number(count)) : (2, 0);
            if (columns.Length > at
                && int.TryParse(columns[^at], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && days is { } whole
                && Clock(columns[^1]) is { } seconds)
            {
                starts[id] = now - (whole * 86400) - seconds;
            }
        }

        return starts;
    }

    // xl says the first two when it is not root, when xenstored is away, or when this is no Xen host. The others
    // are Debian's wrapper around it: not booted under Xen, and after an upgrade that took the running version's tools away.
    private static readonly string[] Unreachable =
    [
        "cannot init xl context",
        "Could not obtain handle on privileged command interface",
        "Can't find hypervisor information in sysfs",
        "Can't find version",
    ];

    protected override bool IsUnreachable(string error) => Unreachable.Any(words => error.Contains(words, StringComparison.Ordinal));

    private static long? Clock(string text) =>
        text.Split(':') is [var h, var m, var s] && Number(h) is { } hours && Number(m) is { } minutes && Number(s) is { } seconds
            ? (hours * 3600) + (minutes * 60) + seconds
            : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
