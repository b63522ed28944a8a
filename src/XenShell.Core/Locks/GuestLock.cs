using System.Diagnostics;
using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell.Core.Locks;

/// <summary>
/// The one lock of a guest: a flock on RunFolder/lock/GUEST, held across check and act, released by
/// the kernel if the holder dies. The file stays, signed while it is held.
/// </summary>
public sealed class GuestLock : IDisposable
{
    private const int MaxBytes = 4096;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200); // screens peek at the lock for a moment
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Fd file;

    private GuestLock(Fd file) => this.file = file;

    /// <exception cref="GuestBusyException">Somebody else has it.</exception>
    public static GuestLock Take(HostLayout layout, GuestName guest, string user, string verb)
    {
        Folders.Create($"{layout.RunFolder}/lock");
        var file = Folders.OpenOrCreate($"{layout.RunFolder}/lock/{guest}");
        var watch = Stopwatch.StartNew();
        while (!file.TryLock())
        {
            if (watch.Elapsed > Glance)
            {
                using (file)
                {
                    throw new GuestBusyException(ReadHolder(file));
                }
            }

            Poll.Pause(Tick);
        }

        file.Truncate();
        var holder = new LockHolder(user, verb, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        file.WriteAll(JsonSerializer.SerializeToUtf8Bytes(holder, ReportJson.Default.LockHolder));
        return new GuestLock(file);
    }

    /// <summary>Who is at work on the guest, or null.</summary>
    public static LockHolder? Holder(HostLayout layout, GuestName guest)
    {
        using var file = Folders.TryOpen($"{layout.RunFolder}/lock/{guest}");
        return file is null || file.TryShareLock() ? null : ReadHolder(file);
    }

    private static LockHolder? ReadHolder(Fd file)
    {
        try
        {
            return Folders.ReadAll(file, MaxBytes) is { } bytes ? JsonSerializer.Deserialize(bytes, ReportJson.Default.LockHolder) : null;
        }
        catch (JsonException)
        {
            return null; // between its lock and its signature
        }
    }

    public void Dispose()
    {
        file.Truncate(); // the next taker's rival must not read an old name
        file.Dispose();
    }
}
