using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Locks;

/// <summary>
/// The one lock of a guest: a flock on RunFolder/lock/GUEST, held across check and act, released by
/// the kernel if the holder dies. The file stays, signed while it is held. Nobody keeps others out by
/// asking again and again: each user waits in one process at a time (RunFolder/lock/UID/GUEST), and who
/// waits is next (RunFolder/next/GUEST), before whoever asks later.
/// </summary>
public sealed class GuestLock : IDisposable
{
    private readonly Fd file;
    private readonly Fd turn;

    private GuestLock(Fd file, Fd turn) => (this.file, this.turn) = (file, turn);

    /// <exception cref="GuestBusyException">Somebody else has it.</exception>
    public static GuestLock Take(HostLayout layout, GuestName guest, uint uid, string user, string verb)
    {
        Folders.Create($"{layout.RunFolder}/lock/{uid}"); // a guest's name is never digits alone
        Folders.Create($"{layout.RunFolder}/next");
        var turn = FileSystem.OpenOrCreate($"{layout.RunFolder}/lock/{uid}/{guest}");
        using var next = FileSystem.OpenOrCreate($"{layout.RunFolder}/next/{guest}");
        var file = FileSystem.OpenOrCreate(PathOf(layout, guest));
        if (!turn.TryLock(Waits.GuestLock) || !next.TryLock(Waits.GuestLock) || !file.TryLock(Waits.GuestLock))
        {
            using (turn)
            using (file)
            {
                throw new GuestBusyException(SignedLock.Read(file, LockHolder.Of));
            }
        }

        SignedLock.Sign(file, new LockHolder(user, verb, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        return new GuestLock(file, turn);
    }

    /// <summary>Who is at work on the guest, or null.</summary>
    public static LockHolder? Holder(HostLayout layout, GuestName guest) =>
        SignedLock.Holder(PathOf(layout, guest), LockHolder.Of);

    private static string PathOf(HostLayout layout, GuestName guest) => $"{layout.RunFolder}/lock/{guest}";

    public void Dispose()
    {
        SignedLock.Release(file);
        turn.Dispose();
    }
}
