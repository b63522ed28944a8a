using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell.Core.Consoles;

/// <summary>
/// The one seat at a guest's console: a flock on RunFolder/console/GUEST, signed by who sits there. A
/// FIFO beside it is the bell: whoever takes over writes the own name into it, and the holder gets up.
/// </summary>
public sealed class ConsoleSeat : IDisposable
{
    private const int MaxBytes = 4096;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300); // status peeks at the lock for a moment
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(5); // how long a holder may take to get up
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Fd file;
    private readonly string bellPath;

    private ConsoleSeat(Fd file, string bellPath)
    {
        this.file = file;
        this.bellPath = bellPath;
        Folders.CreateFifo(bellPath);
        Bell = Folders.TryOpen(bellPath, forWriting: true) ?? throw new IOException($"{bellPath}: gone");
    }

    /// <summary>Readable when somebody takes over.</summary>
    public Fd Bell { get; }

    /// <returns>The seat, or null when it is taken and stays so.</returns>
    public static ConsoleSeat? Take(HostLayout layout, GuestName guest, string user, bool takeOver)
    {
        var path = Path(layout, guest);
        Folders.Create($"{layout.RunFolder}/console");
        var file = Folders.OpenOrCreate(path);
        var watch = Stopwatch.StartNew();
        var rung = false;
        while (!file.TryLock())
        {
            if (watch.Elapsed > (takeOver ? Courtesy : Glance))
            {
                file.Dispose();
                return null;
            }

            if (takeOver && !rung)
            {
                rung = Ring(path + ".bell", user);
            }

            Poll.Pause(Tick);
        }

        file.Truncate();
        file.WriteAll(JsonSerializer.SerializeToUtf8Bytes(
            new ConsoleHolder(user, DateTimeOffset.UtcNow.ToUnixTimeSeconds()), ReportJson.Default.ConsoleHolder));
        return new ConsoleSeat(file, path + ".bell");
    }

    /// <summary>Who sits there, or null.</summary>
    public static ConsoleHolder? Holder(HostLayout layout, GuestName guest)
    {
        using var file = Folders.TryOpen(Path(layout, guest));
        if (file is null || file.TryShareLock())
        {
            return null;
        }

        try
        {
            return Folders.ReadAll(file, MaxBytes) is { } bytes ? JsonSerializer.Deserialize(bytes, ReportJson.Default.ConsoleHolder) : null;
        }
        catch (JsonException)
        {
            return null; // between its lock and its signature
        }
    }

    /// <summary>Who rang; to be read when <see cref="Bell"/> is readable.</summary>
    public string ReadBell()
    {
        Span<byte> name = stackalloc byte[64];
        var count = Bell.Read(name);
        return Encoding.ASCII.GetString(name[..Math.Max(0, count)]).Split('\n')[0];
    }

    private static bool Ring(string bellPath, string user)
    {
        using var bell = Folders.TryOpen(bellPath, forWriting: true);
        return bell is not null && bell.WriteSome(Encoding.ASCII.GetBytes(user + "\n")) > 0;
    }

    private static string Path(HostLayout layout, GuestName guest) => $"{layout.RunFolder}/console/{guest}";

    public void Dispose()
    {
        Bell.Dispose();
        Folders.Remove(bellPath);
        file.Truncate();
        file.Dispose();
    }
}
