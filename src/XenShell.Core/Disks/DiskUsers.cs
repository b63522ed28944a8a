using System.Text;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Disks;

/// <summary>Who has, or would miss, a disk that is about to be removed or given to somebody: whoever runs on it, is about to, or would when it is booted; and the host itself.</summary>
public sealed class DiskUsers(HostLayout layout, GuestCatalog catalog, IToolstack toolstack)
{
    /// <param name="path">A file or a device.</param>
    /// <returns>One of them, for the administrator; null when nobody would.</returns>
    /// <exception cref="IOException">It cannot be said now.</exception>
    public string? Of(string path)
    {
        if (FileWith(path) is { } mention)
        {
            return mention;
        }

        var (look, theirs) = (new TargetLook(), new TargetLook());
        look.Add([path]);
        if (look.Silent.Count > 0)
        {
            throw new IOException($"{path} does not answer");
        }

        GuestDisk[] disk = [new(path, "xvda", IsWritable: true, IsPlain: true)];
        var files = Guests().ToDictionary(guest => guest.Name.Text, GuestDisk.SomeOf, StringComparer.Ordinal);
        var shown = Shown();
        theirs.Add(shown.Select(HeldDisk.LookedAt).OfType<string>().Concat(files.Values.SelectMany(disks => disks).Select(other => other.LookedAt).OfType<string>()));
        HeldDisk[] held =
        [
            .. shown.SelectMany(other => HeldDisk.Of(other, theirs)),
            .. DiskClaim.Standing(layout),
            .. files.SelectMany(file => HeldDisk.Of(file.Key, file.Value, theirs)),
        ];
        var parts = new DiskParts(disk.SelectMany(one => one.Identities(look)), look);
        var found = SharedDisk.Find(disk, look, parts, held, theirs) ?? SharedDisk.FindMounted(disk, look, HostDisks.Now(), theirs);
        return found?.With.Holder; // what does not answer is none of it: this one did
    }

    // The list knows grants alone; each is read for what else stands in it.
    private IEnumerable<Guest> Guests()
    {
        foreach (var known in catalog.Guests)
        {
            if (catalog.TryFind(known.Name, out var guest))
            {
                yield return guest;
            }
        }
    }

    // Also one that is refused here, of which nobody knows what it means to root.
    private string? FileWith(string path)
    {
        var name = Encoding.Latin1.GetBytes(path);
        foreach (var guest in catalog.Files)
        {
            using var file = FileSystem.TryOpen(guest);
            if (file is not null && file.IsRegularFile && file.ReadAll(Sizes.GuestFile) is { } bytes && bytes.AsSpan().IndexOf(name) >= 0)
            {
                return guest;
            }
        }

        return null;
    }

    private IReadOnlyList<DomainDisk> Shown()
    {
        try
        {
            return toolstack.Disks();
        }
        catch (ToolstackException e)
        {
            throw new IOException($"{e.Message}: {e.Detail}");
        }
    }
}
