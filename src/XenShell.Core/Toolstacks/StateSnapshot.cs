using System.Diagnostics;
using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// What the toolstack said last, shared by all sessions through a file that only root reads: the
/// toolstack's list runs at most once a second for the whole host, by whoever finds it stale, under a
/// lock. A failure is shared likewise, so that a dead toolstack is not hammered.
/// </summary>
public sealed class StateSnapshot(HostLayout layout, Toolstack toolstack)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(25); // longer than the two queries of one refresh
    private static readonly TimeSpan LockTick = TimeSpan.FromMilliseconds(10);

    private const int MaxBytes = 4 << 20;

    private string File => $"{layout.RunFolder}/snapshot.json";

    /// <summary>All domains, at most a second old.</summary>
    /// <exception cref="ToolstackException">The toolstack failed, now or within the last second.</exception>
    public IReadOnlyList<Domain> Domains()
    {
        if (ReadFresh() is { } fresh)
        {
            return fresh;
        }

        using var latch = Folders.OpenOrCreate($"{layout.RunFolder}/snapshot.lock");
        var watch = Stopwatch.StartNew();
        while (!latch.TryLock())
        {
            if (watch.Elapsed > LockTime)
            {
                throw new ToolstackException("the toolstack does not answer", "somebody else has waited for it too long", isSilent: true);
            }

            Poll.Pause(LockTick);
        }

        return ReadFresh() ?? Refresh();
    }

    /// <summary>The guest's domain, or null when it is off; at most a second old.</summary>
    public Domain? Of(GuestName name) => Domains().FirstOrDefault(domain => domain.Name == name.Text);

    /// <summary>The guest's domain as the toolstack has it this moment: for decisions under the guest's lock.</summary>
    public Domain? Now(GuestName name)
    {
        Forget();
        return Of(name);
    }

    /// <summary>What was known is out of date: something was changed.</summary>
    public void Forget() => Folders.Remove(File);

    private List<Domain>? ReadFresh() => Read() is { } data && IsFresh(data) ? Believe(data) : null;

    private static List<Domain> Believe(SnapshotData data) =>
        data.Error is null ? data.Domains : throw new ToolstackException("the toolstack does not answer", data.Error, isSilent: true);

    // A file from before a reboot, or from the future, is stale.
    private static bool IsFresh(SnapshotData data) =>
        Environment.TickCount64 - data.TakenTick is >= 0 and var age && age < FreshFor.TotalMilliseconds;

    private SnapshotData? Read()
    {
        using var file = Folders.TryOpen(File);
        if (file is null || Folders.ReadAll(file, MaxBytes) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, ReportJson.Default.SnapshotData);
        }
        catch (JsonException)
        {
            return null; // written by another version: stale
        }
    }

    private List<Domain> Refresh()
    {
        var known = Read()?.Domains ?? [];
        try
        {
            var domains = WithStartTimes(toolstack.List(), known);
            Write(new SnapshotData(Environment.TickCount64, domains, null));
            return domains;
        }
        catch (ToolstackException e) when (e.IsSilent)
        {
            Write(new SnapshotData(Environment.TickCount64, [], $"{e.Message}: {e.Detail}"));
            throw;
        }
    }

    // A domid's start never changes, so the second query runs only when a domid is new.
    private List<Domain> WithStartTimes(IReadOnlyList<Domain> domains, List<Domain> known)
    {
        var starts = known
            .Where(domain => domain.Started is not null)
            .ToDictionary(domain => domain.Id, domain => domain.Started!.Value);
        if (domains.Any(domain => domain.Started is null && domain.State != DomainState.Starting && !starts.ContainsKey(domain.Id)))
        {
            try
            {
                foreach (var (id, started) in toolstack.StartTimes())
                {
                    starts.TryAdd(id, started);
                }
            }
            catch (ToolstackException)
            {
                // Uptimes are an extra: states are worth more than an error about them.
            }
        }

        return [.. domains.Select(d => d.Started is null && starts.TryGetValue(d.Id, out var at) ? d with { Started = at } : d)];
    }

    private void Write(SnapshotData data) =>
        Folders.Replace(File, JsonSerializer.SerializeToUtf8Bytes(data, ReportJson.Default.SnapshotData), durable: false);
}
