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
/// Boot loaders and QEMU inherit it as well, perhaps as nobody: it is held for reading, and they can let go of their own guest's.
/// All claims are made and compared under one short lock; each take is a file of its own.
/// </summary>
public sealed class DiskClaim : IDisposable
{
    private DiskClaim(Fd held, IReadOnlyList<string> unread)
    {
        Held = held;
        Unread = unread;
    }

    /// <summary>For the process that keeps the guest alive.</summary>
    public Fd Held { get; }

    /// <summary>Other guests with a claim that says nothing to be understood: of their disks more is not known.</summary>
    public IReadOnlyList<string> Unread { get; }

    /// <param name="disks">Its own, all of them.</param>
    /// <param name="others">The claims of other guests, by name, that stood before this one.</param>
    /// <exception cref="IOException">Somebody keeps the lock, or its own claim would be too long.</exception>
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
        var theirs = All(folder).Where(other => other.Guest != guest.Text).ToList();
        others = theirs
            .SelectMany(other => other.Disks ?? [])
            .ToLookup(disk => disk.Holder, StringComparer.Ordinal);
        return new DiskClaim(Write($"{folder}/{guest}.{Guid.NewGuid():N}", claim), [.. theirs.Where(other => other.Disks is null).Select(other => other.Guest)]);
    }

    /// <summary>All that stand now, for whoever removes disks.</summary>
    /// <exception cref="IOException">Somebody keeps the lock, or a claim cannot be read.</exception>
    public static IReadOnlyList<HeldDisk> Standing(HostLayout layout)
    {
        var folder = $"{layout.RunFolder}/claims";
        Folders.Create(folder);
        using var latch = Latch(folder);
        return [.. All(folder).SelectMany(claim => claim.Disks ?? throw new IOException($"{folder}: a claim of {claim.Guest} cannot be read"))];
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

    // No disks, instead of none, is a claim that cannot be read.
    private static List<(string Guest, IReadOnlyList<HeldDisk>? Disks)> All(string folder)
    {
        var claims = new List<(string, IReadOnlyList<HeldDisk>?)>();
        foreach (var name in Folders.Names(folder))
        {
            if (IsHeld($"{folder}/{name}", out var bytes))
            {
                claims.Add((GuestOf(name), bytes is null ? null : Parse(bytes, GuestOf(name))));
            }
            else
            {
                FileSystem.Remove($"{folder}/{name}"); // nobody has it any more
            }
        }

        return claims;
    }

    /// <summary>A process keeps the guest alive, or is about to.</summary>
    public static bool IsHeld(HostLayout layout, GuestName guest)
    {
        var folder = $"{layout.RunFolder}/claims";
        return FileSystem.TryStatus(folder) is not null && Folders.Names(folder).Where(name => GuestOf(name) == guest.Text).Any(name => IsHeld($"{folder}/{name}", out _));
    }

    private static bool IsHeld(string path, out byte[]? bytes)
    {
        using var file = FileSystem.TryOpen(path);
        bytes = file?.ReadAll(Sizes.Claim);
        return file is not null && !file.TryShareLock();
    }

    private static string GuestOf(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    // Under the latch nobody takes it for one that was left behind before it is locked.
    private static Fd Write(string path, byte[] claim)
    {
        using (var file = FileSystem.CreateFile(path))
        {
            file.WriteAll(claim);
        }

        var held = FileSystem.Open(path, OpenFor.Reading);
        try
        {
            held.Lock();
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static List<HeldDisk>? Parse(byte[] claim, string guest)
    {
        var disks = new List<HeldDisk>();
        foreach (var line in Encoding.UTF8.GetString(claim).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is not ['r' or 'w', ' ', .. var rest] || DiskIdentity.Parse(rest) is not { } identity)
            {
                return null;
            }

            disks.Add(new HeldDisk(identity, line[0] == 'w', guest));
        }

        return disks;
    }

    public void Dispose() => Held.Dispose();
}
