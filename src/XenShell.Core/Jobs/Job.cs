using System.Text.Json;
using XenShell.Core.Json;
using XenShell.Core.Reimaging;

namespace XenShell.Core.Jobs;

/// <summary>
/// Long work on one guest: what was ordered and how far it came. It holds no secret.
/// </summary>
/// <param name="Created">Unix time, as all times here.</param>
public sealed record Job(string Id, JobKind Kind, string Guest, string User, uint Uid, long Created) : IJsonObject
{
    public JobStage Stage { get; init; }

    /// <summary>Of a re-image.</summary>
    public string? Image { get; init; }

    /// <summary>Staff's, for the owner to read.</summary>
    public string? Reason { get; init; }

    /// <summary>Of an undo: the job that is undone.</summary>
    public string? Undoes { get; init; }

    /// <summary>The guest's file, and what stood in it when this was ordered.</summary>
    public required string GuestFile { get; init; }

    /// <summary>Whose the guest was then; see <see cref="Guests.GuestOwners"/>.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>Whose that was which it puts aside, where staff ordered it for others.</summary>
    public IReadOnlyList<string>? OldOwners { get; init; }

    /// <summary>Whose that was which it puts aside.</summary>
    public IReadOnlyList<string> OwnersOfOld => OldOwners ?? Owners;

    /// <summary>The guest was running, and is booted in the end.</summary>
    public bool Boots { get; init; }

    /// <summary>The guest may be shut down when the new system is ready.</summary>
    public bool ShutsDown { get; init; }

    public IReadOnlyList<SwapStep> Steps { get; init; } = [];

    /// <summary>Public keys for root of the new system, as authorized_keys has them.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public bool HasPassword { get; init; }

    public bool KeepsHostKeys { get; init; }

    public long? Ended { get; init; }

    /// <summary>What came of it, for people: one line.</summary>
    public string? Result { get; init; }

    /// <summary>For known_hosts, of the new system.</summary>
    public IReadOnlyList<string> KnownHosts { get; init; } = [];

    /// <summary>SHA256:… of its host keys.</summary>
    public IReadOnlyList<string> Fingerprints { get; init; } = [];

    /// <summary>Until when the old volumes are kept; null when none are.</summary>
    public long? KeptUntil { get; init; }

    /// <summary>The old volumes were removed, or are in their place again.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Something that it made could not be removed when it ended.</summary>
    public bool HasLeftovers { get; init; }

    internal static Job Of(JsonElement from) => new(
        from.Text("id"),
        from.Word<JobKind>("kind"),
        from.Text("guest"),
        from.Text("user"),
        (uint)from.Number("uid"),
        from.Number("created"))
    {
        Stage = from.Word<JobStage>("stage"),
        Image = from.TextOrNull("image"),
        Reason = from.TextOrNull("reason"),
        Undoes = from.TextOrNull("undoes"),
        GuestFile = from.Text("guest_file"),
        Owners = from.TextsOrNull("owners") ?? [],
        OldOwners = from.TextsOrNull("old_owners"),
        Boots = from.Has("boots"),
        ShutsDown = from.Has("shuts_down"),
        Steps = from.Objects("steps", SwapStep.Of),
        Keys = from.TextsOrNull("keys") ?? [],
        HasPassword = from.Has("has_password"),
        KeepsHostKeys = from.Has("keeps_host_keys"),
        Ended = from.NumberOrNull("ended"),
        Result = from.TextOrNull("result"),
        KnownHosts = from.TextsOrNull("known_hosts") ?? [],
        Fingerprints = from.TextsOrNull("fingerprints") ?? [],
        KeptUntil = from.NumberOrNull("kept_until"),
        IsSettled = from.Has("is_settled"),
        HasLeftovers = from.Has("has_leftovers"),
    };

    public void Write(Utf8JsonWriter to)
    {
        to.Member("id", Id);
        to.Member("kind", Kind.ToString());
        to.Member("guest", Guest);
        to.Member("user", User);
        to.Member("uid", Uid);
        to.Member("created", Created);
        to.Member("stage", Stage.ToString());
        to.Member("image", Image);
        to.Member("reason", Reason);
        to.Member("undoes", Undoes);
        to.Member("guest_file", GuestFile);
        to.Member("owners", Owners);
        to.Member("old_owners", OldOwners);
        to.Mark("boots", Boots);
        to.Mark("shuts_down", ShutsDown);
        to.Member("steps", Steps);
        to.Member("keys", Keys);
        to.Mark("has_password", HasPassword);
        to.Mark("keeps_host_keys", KeepsHostKeys);
        to.Member("ended", Ended);
        to.Member("result", Result);
        to.Member("known_hosts", KnownHosts);
        to.Member("fingerprints", Fingerprints);
        to.Member("kept_until", KeptUntil);
        to.Mark("is_settled", IsSettled);
        to.Mark("has_leftovers", HasLeftovers);
    }

    /// <summary>It is of the time of the guest's present people; a former owner's system is not theirs to bring back.</summary>
    /// <param name="owners">The guest's present ones.</param>
    public bool IsOf(IReadOnlyCollection<string> owners) => Owners.Intersect(owners).Any() || (Owners.Count == 0 && owners.Count == 0);

    /// <summary>Its stage is its last one.</summary>
    public bool IsOver => Stage is not (JobStage.Waiting or JobStage.Building or JobStage.Built or JobStage.Swapping);
}
