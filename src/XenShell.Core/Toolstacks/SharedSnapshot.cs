using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// An answer of the toolstack that all sessions share through a file that only root reads: the question
/// is asked at most once in a while for the whole host, by whoever finds the answer stale, under a lock.
/// A failure is shared likewise, so that a dead toolstack is not hammered.
/// </summary>
/// <param name="name">Of its file in the run folder.</param>
/// <param name="item">Reads one of the answer's items.</param>
public sealed class SharedSnapshot<T>(HostLayout layout, string name, TimeSpan freshFor, Func<JsonElement, T> item)
    where T : class, IJsonObject
{
    private long forgotten = long.MinValue; // the tick since which this process wants nothing older

    private string File => $"{layout.RunFolder}/{name}.json";

    /// <param name="ask">Asks the toolstack; gets what was known before.</param>
    /// <returns>The answer and the tick at which it was given.</returns>
    /// <exception cref="ToolstackException">The toolstack failed, now or a moment ago.</exception>
    public SnapshotData<T> Get(Func<IReadOnlyList<T>, List<T>> ask)
    {
        if (ReadFresh() is { } fresh)
        {
            return fresh;
        }

        using var latch = FileSystem.OpenOrCreate($"{layout.RunFolder}/{name}.lock");
        if (!latch.TryLock(Waits.SharedAnswer))
        {
            throw new ToolstackException("the toolstack does not answer", "somebody else has waited for it too long", isSilent: true);
        }

        return ReadFresh() ?? Refresh(ask);
    }

    /// <summary>What was known is out of date; so is an answer to a question that somebody asked before now, and that is still to come.</summary>
    public void Forget()
    {
        forgotten = Environment.TickCount64;
        FileSystem.Remove(File);
    }

    private SnapshotData<T>? ReadFresh() => Read() is { } data && IsFresh(data) ? Believe(data) : null;

    private static SnapshotData<T> Believe(SnapshotData<T> data) =>
        data.Error is null ? data : throw new ToolstackException("the toolstack failed a moment ago", data.Error, data.IsSilent);

    // A file from before a reboot, or from the future, is stale.
    private bool IsFresh(SnapshotData<T> data) =>
        data.AskedTick > forgotten && Environment.TickCount64 - data.TakenTick is >= 0 and var age && age < freshFor.TotalMilliseconds;

    private SnapshotData<T>? Read()
    {
        using var file = FileSystem.TryOpen(File);
        if (file is null || file.ReadAll(Sizes.Snapshot) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonText.Read(bytes, from => SnapshotData<T>.Of(from, item));
        }
        catch (JsonException)
        {
            return null; // written by another version: stale
        }
    }

    private SnapshotData<T> Refresh(Func<IReadOnlyList<T>, List<T>> ask)
    {
        var asked = Environment.TickCount64;
        try
        {
            return Write(new SnapshotData<T>(asked, 0, ask(Read()?.Items ?? []), null));
        }
        catch (ToolstackException e) when (!e.IsLocal)
        {
            Write(new SnapshotData<T>(asked, 0, [], $"{e.Message}: {e.Detail}", e.IsSilent));
            throw;
        }
    }

    private SnapshotData<T> Write(SnapshotData<T> answer)
    {
        var data = answer with { TakenTick = Environment.TickCount64 };
        AtomicFile.Write(File, data.Json());
        return data;
    }
}
