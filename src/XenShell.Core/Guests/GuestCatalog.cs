using System.Diagnostics.CodeAnalysis;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.GuestFiles;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Core.Guests;

/// <summary>
/// Every guest of the host that may be controlled, read afresh at each call of the gate. Default deny:
/// a file that cannot be read, parsed or trusted is a <see cref="GuestProblem"/> and no guest, and so
/// are two files that name the same guest, whatever the case of its letters. A host out of descriptors or memory is no such file: a
/// twin that stays unseen would open what is closed, so then nothing is read at all.
/// </summary>
public sealed class GuestCatalog
{
    private const int MaxGuestFile = 256 << 10; // a large one has 4 kB; 100 MB ones are an attack on memory
    private const int MaxGrantsFile = 64 << 10;
    private const int MaxAddresses = 16;

    private readonly SortedDictionary<string, Guest> guests = new(StringComparer.Ordinal);

    private GuestCatalog(IReadOnlyList<GuestProblem> problems) => Problems = problems;

    public IReadOnlyCollection<Guest> Guests => guests.Values;

    public IReadOnlyList<GuestProblem> Problems { get; }

    public bool TryFind(GuestName name, [NotNullWhen(true)] out Guest? guest) => guests.TryGetValue(name.Text, out guest);

    public static GuestCatalog Read(HostLayout layout, Settings settings)
    {
        var problems = new List<GuestProblem>();
        var catalog = new GuestCatalog(problems);
        var twins = new Dictionary<string, Guest>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Files(layout.TrustedTree, settings.Patterns, problems))
        {
            try
            {
                var guest = ReadGuest(file, layout, problems);
                if (twins.TryAdd(guest.Name.Text, guest))
                {
                    catalog.guests.Add(guest.Name.Text, guest);
                }
                else
                {
                    var other = twins[guest.Name.Text];
                    catalog.guests.Remove(other.Name.Text);
                    problems.Add(new GuestProblem(file.Path, $"'{guest.Name}' is also the guest of {other.File}; nobody may control it"));
                }
            }
            catch (Exception e) when (e is XlConfigException or FormatException)
            {
                problems.Add(new GuestProblem(file.Path, settings.Toolstack == ToolstackKind.Xm ? $"{e.Message} (xm runs it as Python; only what xl.cfg(5) describes is read here)" : e.Message));
            }
        }

        return catalog;
    }

    private static IEnumerable<TrustedFile> Files(TrustedTree tree, IReadOnlyList<string> patterns, List<GuestProblem> problems)
    {
        var seen = new HashSet<(ulong, ulong)>();
        foreach (var path in patterns.SelectMany(pattern => Matches(tree, pattern, problems)))
        {
            TrustedFile file;
            try
            {
                file = tree.Read(path, MaxGuestFile);
                RequirePlainPath(file.Path);
            }
            catch (Exception e) when (e is FormatException or IOException and not ErrnoException { IsExhaustion: true })
            {
                problems.Add(new GuestProblem(path, e.Message));
                continue;
            }

            if (seen.Add(file.Identity))
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<string> Matches(TrustedTree tree, string pattern, List<GuestProblem> problems)
    {
        var slash = pattern.LastIndexOf('/');
        var folder = slash == 0 ? "/" : pattern[..slash];
        try
        {
            return [.. tree.Names(folder).Where(name => Wildcard.Matches(pattern[(slash + 1)..], name) && !BackUp.IsName(name)).Select(name => $"{pattern[..slash]}/{name}")];
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return []; // /etc/xen/auto need not be there
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            problems.Add(new GuestProblem(folder, e.Message));
            return [];
        }
    }

    // In "xl create" an argument with '=' is configuration text, and one with '-' in front an option.
    private static void RequirePlainPath(string path)
    {
        if (!path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@' or ':'))
        {
            throw new FormatException("the path has a character that a toolstack could misread; rename the file");
        }
    }

    private static Guest ReadGuest(TrustedFile file, HostLayout layout, List<GuestProblem> problems)
    {
        var config = XlConfig.Parse(file.Bytes, file.Path);
        if (!GuestName.TryParse(config.GetString("name"), out var name))
        {
            throw new FormatException("it has no name, or one that is refused: letters, digits, '.', '_' and '-', no '..', not digits alone, 63 at most");
        }

        return new Guest(name, file.Path)
        {
            Bytes = file.Bytes,
            Grants = [.. GrantList.Parse(config.GetString("xen_shell") ?? "", file.Path, config.LineOf("xen_shell")), .. ReadGrants(name, layout, problems)],
            Blacklist = Blacklist.Parse(config.GetString("xen_shell_blacklist") ?? ""),
            Memory = OrProblem(file, problems, () => config.GetInteger("memory")),
            Vcpus = OrProblem(file, problems, () => config.GetInteger("vcpus")),
            Addresses = Vif.Addresses(OrProblem(file, problems, () => config.GetStrings("vif")) ?? [], MaxAddresses),
        };
    }

    // Of these xl warns, and starts the guest: its people must not lose it, and its administrator is told.
    private static T? OrProblem<T>(TrustedFile file, List<GuestProblem> problems, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (XlConfigException e)
        {
            problems.Add(new GuestProblem(file.Path, e.Message, IsRefusal: false));
            return default;
        }
    }

    private static IReadOnlyList<Grant> ReadGrants(GuestName name, HostLayout layout, List<GuestProblem> problems)
    {
        var path = $"{layout.GrantsFolder}/{name}.conf";
        try
        {
            return GrantFile.Parse(layout.TrustedTree.Read(path, MaxGrantsFile).Bytes, path);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            problems.Add(new GuestProblem(path, e.Message));
            return [];
        }
    }
}
