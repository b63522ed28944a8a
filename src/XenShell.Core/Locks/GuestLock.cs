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

    private readonly Fd file;

    private GuestLock(Fd file) => this.file = file;

    /// <exception cref="GuestBusyException">Somebody else has it.</exception>
    public static GuestLock Take(HostLayout layout, GuestName guest, string user, string verb)
    {
        Folders.Create($"{layout.RunFolder}/lock");
        var file = Folders.OpenOrCreate($"{layout.RunFolder}/lock/{guest}");
        if (!file.TryLock())
        {
            using (file)
            {
                throw new GuestBusyException(ReadHolder(file));
            }
        }

        file.Truncate();
        var holder = new LockHolder(user, verb, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        file.WriteAll(JsonSerializer.SerializeToUtf8Bytes(holder, ReportJson.Default.LockHolder));
        return new GuestLock(file);
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
