using System.Text;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// A guest's disks, while its domain is being made: what the toolstack shows of running domains says nothing yet, and two
/// guests with one disk that are started together would both be. A file each (RunFolder/starting/GUEST), locked as long as
/// the claim holds and given back by the kernel if the holder dies; all are compared and made under one short lock.
/// To be taken under the guest's lock.
/// </summary>
public sealed class DiskClaim : IDisposable
{
    private const int MaxBytes = 65536; // of 256 disks, and a line has less than 60
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // it is held for as long as a few files take

    private readonly string path;
    private readonly Fd file;

    private DiskClaim(string path, Fd file) => (this.path, this.file) = (path, file);

    /// <returns>Null when a guest that is being started has one of them.</returns>
    public static DiskClaim? TryTake(HostLayout layout, Guest guest, out SharedDisk? shared)
    {
        var folder = $"{layout.RunFolder}/starting";
        Folders.Create(folder);
        using var latch = Folders.OpenOrCreate($"{folder}.lock");
        if (!latch.TryLock(Patience))
        {
            throw new IOException($"{folder}.lock: somebody keeps it");
        }

        var own = $"{folder}/{guest.Name}";
        Folders.Remove(own); // whoever left it died, or the guest's lock would not be ours
        shared = SharedDisk.Find(guest, Folders.Names(folder).SelectMany(name => Read($"{folder}/{name}", name)).ToList());
        return shared is null ? new DiskClaim(own, Write(own, HeldDisk.Of(guest))) : null;
    }

    private static Fd Write(string path, IEnumerable<HeldDisk> disks)
    {
        var file = Folders.CreateFile(path);
        try
        {
            file.Lock();
            file.WriteAll(Encoding.ASCII.GetBytes(string.Concat(disks.Select(disk => $"{(disk.IsWritable ? 'w' : 'r')} {disk.Identity}\n"))));
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
        using var file = Folders.TryOpen(path);
        if (file is null)
        {
            return [];
        }

        if (file.TryShareLock())
        {
            Folders.Remove(path); // its holder died
            return [];
        }

        var bytes = Folders.ReadAll(file, MaxBytes) ?? throw new IOException($"{path}: too long for a claim");
        return from line in Encoding.ASCII.GetString(bytes).Split('\n')
            let identity = line.Length > 2 ? DiskIdentity.Parse(line[2..]) : null
            where identity is not null
            select new HeldDisk(identity.Value, line[0] == 'w', $"{guest}, which is being started");
    }

    public void Dispose()
    {
        Folders.Remove(path);
        file.Dispose();
    }
}
