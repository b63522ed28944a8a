using System.Diagnostics;
using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Consoles;

/// <summary>
/// The one seat at a guest's console: a flock on RunFolder/console/GUEST, signed by who sits there. A
/// FIFO is the bell: whoever takes over writes the own name into it, and the holder gets up. Who takes
/// over holds the queue meanwhile, so that nobody else slips in.
/// </summary>
public sealed class ConsoleSeat : IDisposable
{
    private readonly Fd file;
    private readonly string bellPath;
    private bool isLeft;

    private ConsoleSeat(Fd file, string bellPath)
    {
        this.file = file;
        this.bellPath = bellPath;
        FileSystem.CreateFifo(bellPath);
        Bell = FileSystem.TryOpen(bellPath, forWriting: true) ?? throw new IOException($"{bellPath}: gone");
    }

    /// <summary>Readable when somebody takes over.</summary>
    public Fd Bell { get; }

    /// <returns>The seat, or null when it is taken and stays so.</returns>
    public static ConsoleSeat? Take(HostLayout layout, GuestName guest, string user, bool takeOver)
    {
        var bellPath = PathOf(layout, "bell", guest);
        using var queue = FileSystem.OpenOrCreate(PathOf(layout, "queue", guest));
        var file = FileSystem.OpenOrCreate(PathOf(layout, "console", guest));
        var watch = Stopwatch.StartNew();
        var (first, rung) = (false, false);
        while (!(first = first || queue.TryLock()) || !file.TryLock())
        {
            if (watch.Elapsed > (takeOver ? Waits.SeatCourtesy : Waits.SeatGlance))
            {
                file.Dispose();
                return null;
            }

            if (takeOver && first && !rung)
            {
                rung = Ring(bellPath, user);
            }

            Poll.Pause(Waits.SeatTick);
        }

        SignedLock.Sign(file, new ConsoleHolder(user, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        return new ConsoleSeat(file, bellPath);
    }

    /// <summary>Who sits there, or null.</summary>
    public static ConsoleHolder? Holder(HostLayout layout, GuestName guest) =>
        SignedLock.Holder($"{layout.RunFolder}/console/{guest}", ConsoleHolder.Of);

    /// <summary>Who rang; to be read when <see cref="Bell"/> is readable.</summary>
    public string ReadBell()
    {
        Span<byte> name = stackalloc byte[64];
        var count = Bell.Read(name);
        return Encoding.ASCII.GetString(name[..Math.Max(0, count)]).Split('\n')[0];
    }

    private static bool Ring(string bellPath, string user)
    {
        using var bell = FileSystem.TryOpen(bellPath, forWriting: true);
        return bell is not null && bell.WriteSome(Encoding.ASCII.GetBytes(user + "\n")) > 0;
    }

    private static string PathOf(HostLayout layout, string folder, GuestName guest)
    {
        Folders.Create($"{layout.RunFolder}/{folder}");
        return $"{layout.RunFolder}/{folder}/{guest}";
    }

    public void Dispose()
    {
        if (isLeft)
        {
            return;
        }

        isLeft = true;
        Bell.Dispose();
        FileSystem.Remove(bellPath);
        SignedLock.Release(file);
    }
}
