using XenShell.Core.Files;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Guests;

/// <summary>
/// What was read of guests' files before, so that a call of the gate costs the same on a host with many: RunFolder/guests.index,
/// root's alone. What is known of a file counts while the file has the stamp that it was read with, and the names in a folder while the folder
/// has; owners, modes and all that is decided are looked at anew each time.
/// </summary>
internal sealed class GuestIndex
{
    private readonly Dictionary<string, FolderListing> known;
    private readonly List<FolderListing> used = [];
    private Dictionary<string, GuestEntry>? byPath;
    private bool isChanged;

    private GuestIndex(List<FolderListing> known) => this.known = known.ToDictionary(listing => listing.Pattern, StringComparer.Ordinal);

    /// <summary>How many files are known, about.</summary>
    internal int Count => known.Values.Sum(listing => listing.Files.Count);

    /// <summary>What there is; nothing where it cannot be read, or another version wrote it.</summary>
    internal static GuestIndex Load(HostLayout layout)
    {
        try
        {
            using var file = FileSystem.TryOpen(PathOf(layout));
            return file is { IsRegularFile: true } && file.Status().Owner == layout.Owner && file.ReadAll(Sizes.GuestIndex) is { } bytes && IndexFormat.Read(bytes) is { } listings
                ? new GuestIndex(listings)
                : new GuestIndex([]);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return new GuestIndex([]); // cut short by a full disk: it is written anew
        }
    }

    /// <summary>The names in the folder that are meant, each with what is known of it.</summary>
    internal IReadOnlyList<ListedFile> List(string pattern, TrustedFolder folder, Func<string, bool> isMeant)
    {
        var readAt = FileStamp.Now;
        var stamp = folder.Stamp();
        if (known.GetValueOrDefault(pattern) is { } listing && listing.Stamp == stamp && listing.Path == folder.Path)
        {
            used.Add(listing);
            return listing.Files;
        }

        byPath ??= ByPath();
        var files = folder.Names().Where(isMeant).Select(name => new ListedFile(name, byPath.GetValueOrDefault($"{folder.Path.TrimEnd('/')}/{name}"))).ToList();
        var isSettled = stamp.IsSettled(readAt);
        isChanged |= isSettled;
        used.Add(new FolderListing(pattern, folder.Path, isSettled ? stamp : default, files));
        return files;
    }

    /// <param name="readAt">Before the file was opened, in nanoseconds since 1970.</param>
    internal void Learn(ListedFile file, GuestEntry entry, long readAt)
    {
        if (entry.Stamp.IsSettled(readAt))
        {
            file.Entry = entry;
            isChanged = true;
        }
    }

    /// <summary>Keeps what was listed and learnt, where that is something else than before.</summary>
    internal void Save(HostLayout layout)
    {
        if (!isChanged)
        {
            return;
        }

        try
        {
            Folders.Create(layout.RunFolder);
            using var lockFile = FileSystem.OpenOrCreate(PathOf(layout) + ".lock");
            if (lockFile.TryLock() && IndexFormat.Write(used) is { Length: <= Sizes.GuestIndex } bytes) // or another gate writes the same
            {
                AtomicFile.Write(PathOf(layout), bytes.Span);
            }
        }
        catch (IOException)
        {
            // read anew at the next call
        }
    }

    private Dictionary<string, GuestEntry> ByPath()
    {
        var entries = new Dictionary<string, GuestEntry>(StringComparer.Ordinal);
        foreach (var entry in known.Values.SelectMany(listing => listing.Files).Select(file => file.Entry).OfType<GuestEntry>())
        {
            entries[entry.Path] = entry;
        }

        return entries;
    }

    private static string PathOf(HostLayout layout) => $"{layout.RunFolder}/guests.index";
}
