using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Guests;

/// <summary>
/// Every guest of the host that may be controlled, looked at afresh at each call of the gate. Default deny:
/// a file that cannot be read, parsed or trusted is a <see cref="FileProblem"/> and no guest, and so
/// are two files that name the same guest, whatever the case of its letters. A host out of descriptors or
/// memory is no such file: a twin that stays unseen would open what is closed, so then nothing is read at all.
/// </summary>
public sealed class GuestCatalog
{
    private readonly HostLayout layout;
    private readonly Settings settings;
    private readonly Dictionary<string, GuestEntry> guests = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> twins = new(StringComparer.OrdinalIgnoreCase); // names that more than one file has
    private readonly List<FileProblem> problems = [];
    private Dictionary<string, IReadOnlyList<Grant>> granted = []; // by guest, what grants.d says

    private GuestCatalog(HostLayout layout, Settings settings) => (this.layout, this.settings) = (layout, settings);

    /// <summary>By name, and without their files' bytes.</summary>
    public IReadOnlyList<Guest> Guests => Those((_, _) => true);

    /// <summary>Of them those that are meant, by name.</summary>
    /// <param name="areMeant">Asked of a guest with the grants of its file, and again with those of grants.d.</param>
    public IReadOnlyList<Guest> Those(Func<GuestName, IReadOnlyList<Grant>, bool> areMeant)
    {
        var those = new List<Guest>();
        foreach (var (name, entry) in guests)
        {
            if ((areMeant(entry.Name!, entry.Grants) || (granted.TryGetValue(entry.Name!.Text, out var more) && areMeant(entry.Name, more))) && !twins.Contains(name))
            {
                those.Add(GuestOf(entry));
            }
        }

        those.Sort((one, other) => string.CompareOrdinal(one.Name.Text, other.Name.Text));
        return those;
    }

    public IReadOnlyList<FileProblem> Problems => problems;

    /// <summary>All that were read, and those that were refused.</summary>
    public IEnumerable<string> Files => guests.Values.Select(known => known.Path).Concat(problems.Select(problem => problem.File)).Distinct();

    /// <summary>The guest with its file's bytes, read now: what is done to one guest is decided by what stands there.</summary>
    public bool TryFind(GuestName name, [NotNullWhen(true)] out Guest? guest)
    {
        guest = guests.TryGetValue(name.Text, out var known) && known.Name == name && !twins.Contains(name.Text) ? ReadNow(known) : null;
        return guest is not null;
    }

    public static GuestCatalog Read(HostLayout layout, Settings settings)
    {
        var catalog = new GuestCatalog(layout, settings);
        catalog.Fill();
        return catalog;
    }

    private void Fill()
    {
        var index = GuestIndex.Load(layout);
        granted = GrantsOfGuests(index);
        guests.EnsureCapacity(index.Count);
        foreach (var entry in Entries(index))
        {
            problems.AddRange(entry.Remarks.Select(remark => new FileProblem(entry.Path, remark, IsRefusal: false)));
            if (entry.Name is not { } name)
            {
                problems.Add(new FileProblem(entry.Path, settings.Toolstack == ToolstackKind.Xm ? $"{entry.Refusal} (xm runs it as Python; only what xl.cfg(5) describes is read here)" : entry.Refusal!));
            }
            else if (!guests.TryAdd(name.Text, entry))
            {
                twins.Add(name.Text);
                problems.Add(new FileProblem(entry.Path, $"'{name}' is also the guest of {guests[name.Text].Path}; nobody may control it"));
            }
        }

        index.Save(layout);
    }

    private Guest? ReadNow(GuestEntry known)
    {
        try
        {
            var file = layout.TrustedTree.Read(known.Path, Sizes.GuestFile);
            var entry = GuestEntry.Of(file);
            return entry.Name == known.Name ? GuestOf(entry) with { Bytes = file.Bytes } : null;
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            return null; // it has just been taken away, or is no longer to be believed
        }
    }

    private Guest GuestOf(GuestEntry entry) => new(entry.Name!, entry.Path)
    {
        Grants = granted.TryGetValue(entry.Name!.Text, out var more) ? [.. entry.Grants, .. more] : entry.Grants,
        Blacklist = entry.Blacklist,
        Memory = entry.Memory,
        Vcpus = entry.Vcpus,
        Addresses = entry.Addresses,
    };

    private IEnumerable<GuestEntry> Entries(GuestIndex index)
    {
        var seen = new HashSet<(ulong, ulong)>(index.Count);
        foreach (var pattern in settings.Patterns.Distinct())
        {
            foreach (var (_, entry) in Entries(index, pattern, Sizes.GuestFile, GuestEntry.Of, seen))
            {
                yield return entry;
            }
        }
    }

    /// <param name="seen">What counts once only, by whatever name.</param>
    private IEnumerable<(string Name, GuestEntry Entry)> Entries(GuestIndex index, string pattern, int limit, Func<TrustedFile, GuestEntry> parse, HashSet<(ulong, ulong)>? seen)
    {
        using var folder = Open(pattern);
        if (folder is null)
        {
            yield break;
        }

        var wildcard = pattern[(pattern.LastIndexOf('/') + 1)..];
        foreach (var file in index.List(pattern, folder, name => Wildcard.Matches(wildcard, name) && !BackUp.IsName(name)))
        {
            var path = $"{folder.Path.TrimEnd('/')}/{file.Name}";
            var stamp = folder.Stamp(file.Name);

            // A link to what was seen already is one more name of it, as in auto/*.
            if (seen is not null && (stamp ?? layout.TrustedTree.TryStamp(path)) is { } now && seen.Contains((now.Device, now.Inode)))
            {
                continue;
            }

            var entry = file.Entry is { } known && known.Stamp == stamp ? known : Read(path, file, index, limit, parse);
            if (entry is not null && (seen is null || entry.Name is null || seen.Add((entry.Stamp.Device, entry.Stamp.Inode))))
            {
                yield return (file.Name, entry);
            }
        }
    }

    private GuestEntry? Read(string path, ListedFile file, GuestIndex index, int limit, Func<TrustedFile, GuestEntry> parse)
    {
        var readAt = FileStamp.Now;
        try
        {
            var entry = parse(layout.TrustedTree.Read(path, limit));
            if (entry.Path == path)
            {
                index.Learn(file, entry, readAt);
            }

            return entry;
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new FileProblem(path, e.Message));
            return null;
        }
    }

    private TrustedFolder? Open(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        var folder = slash == 0 ? "/" : pattern[..slash];
        if (FileSystem.IsMissing(folder))
        {
            return null; // /etc/xen/auto need not be there
        }

        try
        {
            return layout.TrustedTree.OpenFolder(folder);
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new FileProblem(folder, e.Message));
            return null;
        }
    }

    /// <summary>By guest, what grants.d says.</summary>
    private Dictionary<string, IReadOnlyList<Grant>> GrantsOfGuests(GuestIndex index)
    {
        const string ending = ".conf";
        var granted = new Dictionary<string, IReadOnlyList<Grant>>(StringComparer.Ordinal);
        foreach (var (name, entry) in Entries(index, $"{layout.GrantsFolder}/*{ending}", Sizes.GrantsFile, GuestEntry.OfGrants, seen: null))
        {
            if (entry.Refusal is { } reason)
            {
                problems.Add(new FileProblem(entry.Path, reason));
            }
            else
            {
                granted[name[..^ending.Length]] = entry.Grants; // whatever a link leads to
            }
        }

        return granted;
    }
}
