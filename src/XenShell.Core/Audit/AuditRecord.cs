using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Audit;

/// <summary>One line of audit.log. An attempt is written before the gate acts, its outcome after, with the same id.</summary>
/// <param name="Time">RFC 3339, UTC.</param>
/// <param name="Event">"attempt", "outcome", or "problem": of the host's own files.</param>
/// <param name="User">Login, or null when the caller could not be identified.</param>
/// <param name="Client">The address that the user's connection comes from.</param>
/// <param name="Key">The fingerprint of its key, as the user's shell says.</param>
/// <param name="Words">The gate's argv, printable and bounded.</param>
/// <param name="Decision">"permit" or "refuse"; attempts only.</param>
/// <param name="Reason">The policy line or the cause.</param>
/// <param name="Folded">Refusals of this login since its last line, too many to stand in lines of their own.</param>
/// <param name="ExitCode">Outcomes only.</param>
public sealed record AuditRecord(
    string Time,
    string Id,
    string Event,
    string? User,
    uint Uid,
    string? Client,
    string? Key,
    string? Verb,
    string? Guest,
    string? Words,
    string? Decision,
    string? Reason,
    int? Folded,
    int? ExitCode) : IJsonObject
{
    public void Write(Utf8JsonWriter to)
    {
        to.Member("time", Time);
        to.Member("id", Id);
        to.Member("event", Event);
        to.Member("user", User);
        to.Member("uid", Uid);
        to.Member("client", Client);
        to.Member("key", Key);
        to.Member("verb", Verb);
        to.Member("guest", Guest);
        to.Member("words", Words);
        to.Member("decision", Decision);
        to.Member("reason", Reason);
        to.Member("folded", Folded);
        to.Member("exit_code", ExitCode);
    }
}
