using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Gate.Power;

/// <summary>The disks of a guest that is about to be started, and who else has them; under the guest's lock.</summary>
internal sealed class OwnDisks
{
    private readonly Act act;
    private readonly IReadOnlyList<GuestDisk> disks;
    private readonly TargetLook look = new();
    private readonly DiskParts parts;
    private readonly TargetLook theirs = new(); // for all looks: a storage that does not answer is waited for once
    private int told; // how many do not answer, of which the record knows
    private IReadOnlyList<string> unread = []; // guests whose claims cannot be read, of which it knows as well

    /// <exception cref="GateRefusal">It cannot be said what they are.</exception>
    internal OwnDisks(Act act)
    {
        this.act = act;
        try
        {
            disks = GuestDisk.AllOf(act.Guest, act.Toolstack.SharesDisks);
        }
        catch (DiskLineException e)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: a disk in its file is not understood; please tell the administrator", e.Message);
        }

        look.Add(LookedAt(disks));
        RequireAnswers(look);
        if (disks.FirstOrDefault(disk => disk.MustBeThere && look.IsMissing(disk.Target)) is { } missing)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its disk {missing.Device} is not there; please tell the administrator", $"{missing.Target} does not exist");
        }

        parts = new DiskParts(disks.SelectMany(disk => disk.Identities(look)), look);
        RequireAnswers(look);
    }

    internal DiskClaim Claim(out ILookup<string, HeldDisk> others)
    {
        var claim = DiskClaim.Take(act.Layout, act.Name, HeldDisk.Of(act.Name.Text, disks, look), out others);
        foreach (var guest in claim.Unread.Except(unread))
        {
            act.Report($"{guest}: what it was started with cannot be read in {act.Layout.RunFolder}/claims any more; its file stands for that until it is booted anew");
        }

        unread = claim.Unread;
        return claim;
    }

    /// <summary>
    /// A disk of ours that another has. What is known adds up, and nothing of it stands for the rest: what xenstore shows of
    /// running domains, which may be a part, or a path that leads elsewhere by now; what guests were started with (their
    /// claims); and for those that were started in another way, their files.
    /// </summary>
    /// <param name="own">The guest's domain that is there still, if it is to go.</param>
    /// <param name="running">The names of all other domains.</param>
    /// <param name="unknown">A domain that is being made, of which nobody can say what disks it will have.</param>
    internal SharedDisk? FindShared(ILookup<string, HeldDisk> claims, Domain? own, out IReadOnlySet<string> running, out Domain? unknown)
    {
        var before = act.States.Domains();
        var shown = act.Disks.Now();
        act.States.Forget();
        var others = act.States.Domains().Where(domain => domain.Name != act.Name.Text && !(own is not null && IsDeviceModel(domain))).ToList();
        running = others.Select(domain => domain.Name).ToHashSet(StringComparer.Ordinal);
        var ids = others.Select(domain => domain.Id).ToHashSet();
        shown = [.. shown.Where(disk => ids.Contains(disk.DomainId) || (disk.DomainId == 0 && disk.IsWritable))]; // what there is of domains that are gone was left behind
        unknown = others.FirstOrDefault(domain => FileOf(domain.Name) is null && IsUnknown(domain, before, shown) && IsBeingMade(domain));
        var files = new Dictionary<string, IReadOnlyList<GuestDisk>>(StringComparer.Ordinal); // by guest
        foreach (var domain in others)
        {
            if (FileOf(domain.Name) is not { } guest)
            {
                continue;
            }

            if (!IsAllShown(domain, before, shown))
            {
                files[guest.Name.Text] = GuestDisk.SomeOf(guest);
            }
            else
            {
                files.TryAdd(guest.Name.Text, [.. GuestDisk.SomeOf(guest).Where(disk => disk.Backend is not null)]); // what a driver domain serves is shown in that one's part of xenstore
            }
        }

        foreach (var guest in unread.Select(FileOf).OfType<Guest>())
        {
            files[guest.Name.Text] = GuestDisk.SomeOf(guest);
        }

        var mounted = HostDisks.Now();
        theirs.Add(shown.Select(HeldDisk.LookedAt).OfType<string>().Concat(LookedAt(files.Values.SelectMany(disk => disk))));
        var shared = Find();
        if (theirs.Silent.Count > told)
        {
            RequireOthersAnswers();
            shared = Find();
        }

        return shared;

        SharedDisk? Find() => SharedDisk.Find(
            disks,
            look,
            parts,
            [
                .. shown.SelectMany(disk => HeldDisk.Of(disk, theirs)),
                .. claims.SelectMany(claim => claim),
                .. files.SelectMany(file => HeldDisk.Of(file.Key, file.Value, theirs)),
            ],
            theirs) ?? SharedDisk.FindMounted(disks, look, mounted, theirs);
    }

    // What does not answer is no disk of ours, which do. It is asked twice: both may be on a storage that has just paused.
    private void RequireOthersAnswers()
    {
        theirs.AskAgain();
        var anew = new TargetLook();
        anew.Add(LookedAt(disks));
        RequireAnswers(anew);
        if (LookedAt(disks).FirstOrDefault(target => TargetLook.IsAmong(target, theirs.Silent)) is { } target)
        {
            throw NoAnswer(target);
        }

        if (theirs.Silent.Count > told)
        {
            act.Report($"{string.Join(", ", theirs.Silent.Order(StringComparer.Ordinal))}: no answer; {act.Name} is started without a look at whose disk that is");
        }

        told = theirs.Silent.Count;
    }

    // Xen adds disks to a domain that is made paused, and lets it go when it has all: one that ran before we asked had all.
    private static bool IsAllShown(Domain domain, IReadOnlyList<Domain> before, IReadOnlyList<DomainDisk> shown) =>
        before.Any(same => same.Id == domain.Id && same.State is not (DomainState.Starting or DomainState.Paused))
        && shown.Any(disk => disk.DomainId == domain.Id);

    // One that came between the two looks may have shown some of its disks only.
    private static bool IsUnknown(Domain domain, IReadOnlyList<Domain> before, IReadOnlyList<DomainDisk> shown) =>
        before.All(same => same.Id != domain.Id) || shown.All(disk => disk.DomainId != domain.Id);

    // Xen's own of a restore or a migration: it stands paused until all memory has come, and only then has disks. One that
    // somebody made without disks, and leaves so, is nobody's hindrance for ever.
    private bool IsBeingMade(Domain domain) =>
        domain.State is DomainState.Starting or DomainState.Paused
        && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - (domain.Started ?? FirstSeen.Of(act, domain)) < GateLimits.Making.TotalSeconds;

    // libxl gives it the guest's disks and this name, and ends it with the guest; a guest of that name is another.
    private bool IsDeviceModel(Domain domain) => domain.Name == $"{act.Name}-dm" && FileOf(domain.Name) is null;

    private Guest? FileOf(string domain) =>
        FileNamed(domain) ?? (Domain.MovedGuest(domain) is { } moved ? FileNamed(moved) : null);

    private Guest? FileNamed(string guest) =>
        GuestName.TryParse(guest, out var name) && act.Policy.Catalog.TryFind(name, out var file) ? file : null;

    private static IEnumerable<string> LookedAt(IEnumerable<GuestDisk> disks) => disks.Select(disk => disk.LookedAt).OfType<string>();

    private void RequireAnswers(TargetLook answers)
    {
        if (answers.Silent.Count > 0)
        {
            throw NoAnswer(answers.Silent.First());
        }
    }

    private GateRefusal NoAnswer(string target) =>
        Act.Refusal(ExitCode.Failed, $"{act.Name}: the storage of its disk does not answer; please tell the administrator", $"{target} does not answer");
}
