using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Gate.Verbs;

/// <summary>The disks of a guest that is about to be started, and who else has them; under the guest's lock.</summary>
internal sealed class OwnDisks
{
    private readonly Act act;
    private readonly IReadOnlyList<GuestDisk> disks;
    private readonly TargetLook look;

    /// <exception cref="GateRefusal">It cannot be said what they are.</exception>
    internal OwnDisks(Act act)
    {
        this.act = act;
        try
        {
            disks = GuestDisk.AllOf(act.Guest);
        }
        catch (DiskLineException e)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: a disk in its file is not understood; please tell the administrator", e.Message);
        }

        look = TargetLook.At(Targets(disks));
        RequireAnswers(look);
    }

    internal DiskClaim Claim(out ILookup<string, HeldDisk> others) =>
        DiskClaim.Take(act.Layout, act.Name, HeldDisk.Of(act.Guest, disks, look), out others);

    /// <summary>
    /// A disk of ours that another has. What is known adds up, and nothing of it stands for the rest: what xenstore shows of
    /// running domains, which may be a part, or a path that leads elsewhere by now; what guests were started with (their
    /// claims); and for those that were started in another way, their files.
    /// </summary>
    /// <param name="running">The names of all other domains.</param>
    internal SharedDisk? FindShared(ILookup<string, HeldDisk> claims, out IReadOnlySet<string> running)
    {
        var before = act.States.Domains();
        var shown = act.Disks.Now();
        act.States.Forget();
        var others = act.States.Domains().Where(domain => domain.Name != act.Name.Text).ToList();
        running = others.Select(domain => domain.Name).ToHashSet(StringComparer.Ordinal);
        var ids = others.Select(domain => domain.Id).ToHashSet();
        shown = [.. shown.Where(disk => ids.Contains(disk.DomainId))]; // what there is of domains that are gone was left behind
        var files = others.Select(domain => (domain, FileOf(domain))).Where(other => other.Item2 is not null)
            .SelectMany(other => FromFile(other.Item2!, IsAllShown(other.domain, before, shown))).ToList();

        var theirs = TargetLook.At(shown.Where(HeldDisk.IsKnownByTarget).Select(disk => disk.Target).Concat(Targets(files.Select(file => file.Disk))));
        if (theirs.Silent.Count > 0)
        {
            RequireAnswers(TargetLook.At(Targets(disks))); // ours is alive still, and not on what does not answer
            act.Report($"{string.Join(", ", theirs.Silent)}: no answer; {act.Name} is started without a look at whose disk that is");
        }

        HeldDisk[] held =
        [
            .. shown.SelectMany(disk => HeldDisk.Of(disk, theirs)),
            .. claims.SelectMany(claim => claim),
            .. files.SelectMany(file => HeldDisk.Of(file.Guest, [file.Disk], theirs)),
        ];
        return SharedDisk.Find(disks, look, held);
    }

    // Xen adds disks to a domain that is made paused, and lets it go when it has all: one that ran before we asked had all.
    private static bool IsAllShown(Domain domain, IReadOnlyList<Domain> before, IReadOnlyList<DomainDisk> shown) =>
        before.Any(same => same.Id == domain.Id && same.State is not (DomainState.Starting or DomainState.Paused))
        && shown.Any(disk => disk.DomainId == domain.Id);

    private Guest? FileOf(Domain domain) =>
        GuestName.TryParse(domain.Name, out var name) && act.Policy.Catalog.TryFind(name, out var guest) ? guest : null;

    // What a driver domain serves is shown in that one's part of xenstore.
    private static IEnumerable<(Guest Guest, GuestDisk Disk)> FromFile(Guest guest, bool isAllShown)
    {
        try
        {
            return GuestDisk.AllOf(guest).Where(disk => disk.Backend is not null || !isAllShown).Select(disk => (guest, disk));
        }
        catch (DiskLineException)
        {
            return []; // xl did not make a domain of this
        }
    }

    private static IEnumerable<string> Targets(IEnumerable<GuestDisk> disks) =>
        disks.Where(disk => disk.Backend is null && !disk.IsEmpty).Select(disk => disk.Target);

    private void RequireAnswers(TargetLook answers)
    {
        if (answers.Silent is [var silent, ..])
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: the storage of its disk does not answer; please tell the administrator", $"{silent} does not answer");
        }
    }
}
