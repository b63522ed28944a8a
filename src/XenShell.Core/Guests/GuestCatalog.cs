using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Guests;

/// <summary>
/// Every guest of the host that may be controlled, looked at afresh at each call of the gate. Default deny:
/// a file that cannot be read, parsed or trusted is a <see cref="GuestProblem"/> and no guest, and so
/// are two files that name the same guest, whatever the case of its letters. A host out of descriptors or
/// memory is no such file: a twin that stays unseen would open what is closed, so then nothing is read at all.
/// </summary>
public sealed class GuestCatalog
{
    private const int MaxGuestFile = 256 << 10; // a large one has 4 kB; 100 MB ones are an attack on memory
    private const int MaxGrantsFile = 64 << 10;

    private readonly HostLayout layout;
    private readonly Settings settings;
    private readonly SortedDictionary<string, Guest> guests = new(StringComparer.Ordinal);
    private readonly List<GuestProblem> problems = [];

    private GuestCatalog(HostLayout layout, Settings settings) => (this.layout, this.settings) = (layout, settings);

    /// <summary>Without their files' bytes.</summary>
    public IReadOnlyCollection<Guest> Guests => guests.Values;

    public IReadOnlyList<GuestProblem> Problems => problems;

    /// <summary>The guest with its file's bytes, read now: what is done to one guest is decided by what stands there.</summary>
    public bool TryFind(GuestName name, [NotNullWhen(true)] out Guest? guest)
    {
        guest = guests.TryGetValue(name.Text, out var known) ? ReadNow(known) : null;
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
        var granted = GrantsOfGuests();
        var twins = new Dictionary<string, GuestEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Entries(index))
        {
            problems.AddRange(entry.Remarks.Select(remark => new GuestProblem(entry.Path, remark, IsRefusal: false)));
            if (entry.Name is not { } name)
            {
                problems.Add(new GuestProblem(entry.Path, settings.Toolstack == ToolstackKind.Xm ? $"{entry.Refusal} (xm runs it as Python; only what xl.cfg(5) describes is read here)" : entry.Refusal!));
            }
            else if (twins.TryAdd(name.Text, entry))
            {
                guests.Add(name.Text, GuestOf(entry, name, granted.GetValueOrDefault(name.Text, [])));
            }
            else
            {
                var other = twins[name.Text];
                guests.Remove(other.Name!.Text);
                problems.Add(new GuestProblem(entry.Path, $"'{name}' is also the guest of {other.Path}; nobody may control it"));
            }
        }

        index.Save(layout);
    }

    private Guest? ReadNow(Guest known)
    {
        try
        {
            var file = layout.TrustedTree.Read(known.File, MaxGuestFile);
            var entry = GuestEntry.Of(file);
            return entry.Name == known.Name ? GuestOf(entry, known.Name, known.Granted) with { Bytes = file.Bytes } : null;
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            return null; // it has just been taken away, or is no longer to be believed
        }
    }

    private static Guest GuestOf(GuestEntry entry, GuestName name, IReadOnlyList<Grant> granted) => new(name, entry.Path)
    {
        Grants = [.. entry.Grants, .. granted],
        Granted = granted,
        Blacklist = entry.Blacklist,
        Memory = entry.Memory,
        Vcpus = entry.Vcpus,
        Addresses = entry.Addresses,
    };

    private IEnumerable<GuestEntry> Entries(GuestIndex index)
    {
        var seen = new HashSet<(ulong, ulong)>();
        foreach (var pattern in settings.Patterns)
        {
            using var folder = Open(pattern);
            foreach (var name in folder is null ? [] : Names(folder, pattern))
            {
                var stamp = folder!.Stamp(name);

                // A link to what was seen already is one more name of it, as in auto/*.
                if ((stamp is { } known ? (known.Device, known.Inode) : folder.Target(name)) is { } identity && seen.Contains(identity))
                {
                    continue;
                }

                var path = $"{folder.Path.TrimEnd('/')}/{name}";
                var entry = (stamp is { } now ? index.Find(path, now) : null) ?? Read(path, index);
                if (entry is not null && seen.Add((entry.Stamp.Device, entry.Stamp.Inode)))
                {
                    yield return entry;
                }
            }
        }
    }

    private GuestEntry? Read(string path, GuestIndex index)
    {
        var readAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        try
        {
            var entry = GuestEntry.Of(layout.TrustedTree.Read(path, MaxGuestFile));
            if (entry.Path == path)
            {
                index.Add(entry, readAt);
            }

            return entry;
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new GuestProblem(path, e.Message));
            return null;
        }
    }

    private TrustedFolder? Open(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        var folder = slash == 0 ? "/" : pattern[..slash];
        try
        {
            return layout.TrustedTree.OpenFolder(folder);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return null; // /etc/xen/auto need not be there
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new GuestProblem(folder, e.Message));
            return null;
        }
    }

    private static IEnumerable<string> Names(TrustedFolder folder, string pattern) =>
        folder.Names().Where(name => Wildcard.Matches(pattern[(pattern.LastIndexOf('/') + 1)..], name) && !BackUp.IsName(name));

    /// <summary>By guest, what grants.d says.</summary>
    private Dictionary<string, IReadOnlyList<Grant>> GrantsOfGuests()
    {
        const string ending = ".conf";
        var granted = new Dictionary<string, IReadOnlyList<Grant>>(StringComparer.Ordinal);
        using var folder = Open($"{layout.GrantsFolder}/*");
        foreach (var name in folder?.Names().Where(name => name.EndsWith(ending, StringComparison.Ordinal)) ?? [])
        {
            var path = $"{layout.GrantsFolder}/{name}";
            try
            {
                granted[name[..^ending.Length]] = GrantFile.Parse(layout.TrustedTree.Read(path, MaxGrantsFile).Bytes, path);
            }
            catch (Exception e) when (e is FormatException or IOException and not ErrnoException { IsExhaustion: true })
            {
                problems.Add(new GuestProblem(path, e.Message));
            }
        }

        return granted;
    }
}
