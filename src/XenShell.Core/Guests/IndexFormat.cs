using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Guests;

/// <summary>The bytes of <see cref="GuestIndex"/>'s file. Another build of the program, which may read the same files otherwise, has another mark.</summary>
internal static class IndexFormat
{
    private static readonly string Mark = $"xen-shell guests 2 {FileStamp.Of(FileSystem.StatusOf("/proc/self/exe"))}";

    internal static ReadOnlyMemory<byte> Write(IReadOnlyCollection<FolderListing> listings)
    {
        var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write(Mark);
            to.Write7BitEncodedInt(listings.Count);
            foreach (var listing in listings)
            {
                to.Write(listing.Pattern);
                to.Write(listing.Path);
                Write(to, listing.Stamp);
                to.Write7BitEncodedInt(listing.Files.Count);
                foreach (var file in listing.Files)
                {
                    to.Write(file.Name);
                    to.Write7BitEncodedInt(file.Entry is null ? 0 : 1);
                    if (file.Entry is { } entry)
                    {
                        Write(to, entry);
                    }
                }
            }
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <returns>Null for what another version wrote.</returns>
    /// <exception cref="ArgumentException">It is cut short, or nothing of the kind; so too FormatException.</exception>
    internal static List<FolderListing>? Read(ReadOnlySpan<byte> bytes)
    {
        var from = new IndexReader(bytes);
        if (from.Text() != Mark)
        {
            return null;
        }

        var listings = new List<FolderListing>();
        for (var count = from.Count(); count > 0; count--)
        {
            var (pattern, path) = (from.Text(), from.Text());
            var stamp = ReadStamp(ref from);
            var files = new List<ListedFile>();
            var top = path.TrimEnd('/') + "/";
            for (var more = from.Count(); more > 0; more--)
            {
                var name = from.Text();
                files.Add(new ListedFile(name, from.Count() == 0 ? null : ReadEntry(ref from, top + name)));
            }

            listings.Add(new FolderListing(pattern, path, stamp, files));
        }

        return listings;
    }

    private static void Write(BinaryWriter to, FileStamp stamp)
    {
        to.Write(stamp.Device);
        to.Write(stamp.Inode);
        to.Write(stamp.Size);
        to.Write(stamp.Modified);
        to.Write(stamp.Changed);
    }

    private static FileStamp ReadStamp(ref IndexReader from) =>
        new((ulong)from.Number(), (ulong)from.Number(), from.Number(), from.Number(), from.Number());

    // Its path is its folder's and its name.
    private static void Write(BinaryWriter to, GuestEntry entry)
    {
        Write(to, entry.Stamp);
        to.Write(entry.Name?.Text ?? "");
        to.Write(entry.Refusal ?? "");
        to.Write7BitEncodedInt(entry.Grants.Count);
        foreach (var grant in entry.Grants)
        {
            to.Write(grant.Grantee.ToString());
            to.Write7BitEncodedInt((int)grant.Role);
            to.Write7BitEncodedInt(grant.Line);
        }

        Write(to, entry.Blacklist.Words);
        to.Write(entry.Memory ?? -1);
        to.Write(entry.Vcpus ?? -1);
        Write(to, entry.Addresses);
        Write(to, entry.Remarks);
    }

    private static GuestEntry ReadEntry(ref IndexReader from, string path)
    {
        var stamp = ReadStamp(ref from);
        var (name, refusal) = (from.Text(), from.Text());
        var grants = new Grant[from.Count() is var count and <= ushort.MaxValue ? count : throw new ArgumentException("so many grants were not written")];
        for (var i = 0; i < grants.Length; i++)
        {
            grants[i] = new Grant(Grantee.Parse(from.Text()), (Role)from.Count(), path, from.Count());
        }

        var blacklist = from.Texts();
        return new GuestEntry(
            path,
            stamp,
            name.Length > 0 ? GuestName.Parse(name) : null,
            refusal.Length > 0 ? refusal : null,
            grants,
            blacklist.Length > 0 ? Blacklist.Parse(string.Join(',', blacklist)) : Blacklist.Empty,
            from.Number() is >= 0 and var memory ? memory : null,
            from.Number() is >= 0 and var vcpus ? vcpus : null,
            from.Texts(),
            from.Texts());
    }

    private static void Write(BinaryWriter to, IReadOnlyCollection<string> texts)
    {
        to.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts)
        {
            to.Write(text);
        }
    }
}
