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
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200); // screens peek at the lock for a moment

    private readonly Fd file;

    private GuestLock(Fd file) => this.file = file;

    /// <exception cref="GuestBusyException">Somebody else has it.</exception>
    public static GuestLock Take(HostLayout layout, GuestName guest, string user, string verb)
    {
        Folders.Create($"{layout.RunFolder}/lock");
        var file = Folders.OpenOrCreate(PathOf(layout, guest));
        if (!file.TryLock(Glance))
        {
            using (file)
            {
                throw new GuestBusyException(SignedLock.Read(file, ReportJson.Default.LockHolder));
            }
        }

        SignedLock.Sign(file, new LockHolder(user, verb, DateTimeOffset.UtcNow.ToUnixTimeSeconds()), ReportJson.Default.LockHolder);
        return new GuestLock(file);
    }

    /// <summary>Who is at work on the guest, or null.</summary>
    public static LockHolder? Holder(HostLayout layout, GuestName guest) =>
        SignedLock.Holder(PathOf(layout, guest), ReportJson.Default.LockHolder);

    private static string PathOf(HostLayout layout, GuestName guest) => $"{layout.RunFolder}/lock/{guest}";

    public void Dispose() => SignedLock.Release(file);
}
