using System.Text;
using XenShell.Core.Files;

namespace XenShell.Core.Guests;

/// <summary>
/// What was read of guests' files before, so that a call of the gate costs the same on a host with many: RunFolder/guests.index,
/// root's alone. An entry counts while its file has the stamp that it was read with; folders, owners, modes
/// and all that is decided are looked at anew each time.
/// </summary>
internal sealed class GuestIndex
{
    private const int MaxBytes = 64 << 20; // 100,000 files
    private const string Mark = "xen-shell guests 1 ";

    private readonly Dictionary<string, GuestEntry> known;
    private readonly Dictionary<string, GuestEntry> used = new(StringComparer.Ordinal);
    private bool isChanged;

    private GuestIndex(Dictionary<string, GuestEntry> known) => this.known = known;

    /// <summary>What there is; nothing where it cannot be read, or another version wrote it.</summary>
    internal static GuestIndex Load(HostLayout layout)
    {
        var known = new Dictionary<string, GuestEntry>(StringComparer.Ordinal);
        try
        {
            using var file = Folders.TryOpen(PathOf(layout));
            if (file is { IsRegularFile: true } && file.Status().st_uid == layout.Owner && Folders.ReadAll(file, MaxBytes) is { } bytes)
            {
                using var from = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
                if (from.ReadString() == Mark + HostLayout.Version)
                {
                    for (var count = from.ReadInt32(); count > 0; count--)
                    {
                        var entry = GuestEntry.Read(from);
                        known[entry.Path] = entry;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            known.Clear(); // cut short by a full disk: it is written anew
        }

        return new GuestIndex(known);
    }

    /// <summary>What the file says that has this stamp now; null where it has to be read.</summary>
    internal GuestEntry? Find(string path, FileStamp stamp)
    {
        var entry = known.GetValueOrDefault(path);
        if (entry is null || entry.Stamp != stamp)
        {
            return null;
        }

        used[path] = entry;
        return entry;
    }

    /// <param name="readAt">Before the file was opened, in nanoseconds since 1970.</param>
    internal void Add(GuestEntry entry, long readAt)
    {
        if (entry.Stamp.IsSettled(readAt))
        {
            used[entry.Path] = entry;
            isChanged = true;
        }
    }

    /// <summary>Keeps what was found and added, where that is something else than before.</summary>
    internal void Save(HostLayout layout)
    {
        if (!isChanged && used.Count == known.Count)
        {
            return;
        }

        var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write(Mark + HostLayout.Version);
            to.Write(used.Count);
            foreach (var entry in used.Values)
            {
                entry.Write(to);
            }
        }

        try
        {
            Folders.Create(layout.RunFolder);
            using var lockFile = Folders.OpenOrCreate(PathOf(layout) + ".lock");
            if (lockFile.TryLock()) // another gate writes the same
            {
                Folders.Replace(PathOf(layout), bytes.GetBuffer().AsSpan(0, (int)bytes.Length), durable: false);
            }
        }
        catch (IOException)
        {
            // read anew at the next call
        }
    }

    private static string PathOf(HostLayout layout) => $"{layout.RunFolder}/guests.index";
}
