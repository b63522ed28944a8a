using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// A guest's disks from the moment that it is started. What the toolstack shows of a domain has no disks while the domain is
/// being made, and between two lives of a guest that reboots there is no domain at all. A claim is a file (RunFolder/claims)
/// that is locked as long as anybody has <see cref="Held"/> open: the gate until the domain is there, then xl's own process
/// of the guest, which inherits it and stays for all of the guest's lives. The kernel gives it back when the last one dies.
/// All claims are made and compared under one short lock; each take is a file of its own.
/// </summary>
public sealed class DiskClaim : IDisposable
{
    private DiskClaim(Fd held) => Held = held;

    /// <summary>For the process that keeps the guest alive.</summary>
    public Fd Held { get; }

    /// <param name="disks">Its own, all of them.</param>
    /// <param name="others">The claims of other guests, by name, that stood before this one.</param>
    /// <exception cref="IOException">Somebody keeps the lock, or a claim cannot be read.</exception>
    public static DiskClaim Take(HostLayout layout, GuestName guest, IEnumerable<HeldDisk> disks, out ILookup<string, HeldDisk> others)
    {
        var folder = $"{layout.RunFolder}/claims";
        Folders.Create(folder);
        var claim = Encoding.UTF8.GetBytes(string.Concat(disks.Select(disk => $"{(disk.IsWritable ? 'w' : 'r')} {disk.Identity}\n")));
        if (claim.Length > Sizes.Claim)
        {
            throw new IOException($"{guest}: its disks make too long a claim"); // which nobody could read
        }

        using var latch = Latch(folder);
        others = All(folder)
            .Where(disk => disk.Holder != guest.Text)
            .ToLookup(disk => disk.Holder, StringComparer.Ordinal);
        return new DiskClaim(Write($"{folder}/{guest}.{Guid.NewGuid():N}", claim));
    }

    /// <summary>All that stand now.</summary>
    /// <exception cref="IOException">As of <see cref="Take"/>.</exception>
    public static IReadOnlyList<HeldDisk> Standing(HostLayout layout)
    {
        var folder = $"{layout.RunFolder}/claims";
        Folders.Create(folder);
        using var latch = Latch(folder);
        return [.. All(folder)];
    }

    private static Fd Latch(string folder)
    {
        var latch = FileSystem.OpenOrCreate($"{folder}.lock");
        if (latch.TryLock(Waits.Claims))
        {
            return latch;
        }

        latch.Dispose();
        throw new IOException($"{folder}.lock: somebody keeps it");
    }

    private static IEnumerable<HeldDisk> All(string folder) => Folders.Names(folder).SelectMany(name => Read($"{folder}/{name}", GuestOf(name)));

    /// <summary>A process keeps the guest alive, or is about to.</summary>
    public static bool IsHeld(HostLayout layout, GuestName guest)
    {
        var folder = $"{layout.RunFolder}/claims";
        return FileSystem.TryStatus(folder) is not null && Folders.Names(folder).Where(name => GuestOf(name) == guest.Text).Any(name => IsHeld($"{folder}/{name}"));
    }

    private static bool IsHeld(string path)
    {
        using var file = FileSystem.TryOpen(path);
        return file is not null && !file.TryShareLock();
    }

    private static string GuestOf(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    private static Fd Write(string path, byte[] claim)
    {
        var file = FileSystem.CreateFile(path);
        try
        {
            file.Lock();
            file.WriteAll(claim);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static IEnumerable<HeldDisk> Read(string path, string guest)
    {
        using var file = FileSystem.TryOpen(path);
        if (file is null)
        {
            return [];
        }

        if (file.TryShareLock())
        {
            FileSystem.Remove(path); // nobody has it any more
            return [];
        }

        var bytes = file.ReadAll(Sizes.Claim) ?? throw new IOException($"{path}: too long for a claim");
        return [.. Encoding.UTF8.GetString(bytes).Split('\n').Select(line => Parse(line, guest)).OfType<HeldDisk>()];
    }

    private static HeldDisk? Parse(string line, string guest) =>
        line.Length > 2 && DiskIdentity.Parse(line[2..]) is { } identity ? new HeldDisk(identity, line[0] == 'w', guest) : null;

    public void Dispose() => Held.Dispose();
}
