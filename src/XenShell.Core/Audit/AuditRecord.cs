using System.Text.Encodings.Web;
using System.Text.Json;
using XenShell.Core.Reports;

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
    int? ExitCode)
{
    /// <summary>Its line of audit.log, without the line's end.</summary>
    // Read with grep as well: an apostrophe is one. What stands in a line is printable ASCII already.
    public byte[] Json() => JsonBytes.Of(Write, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private void Write(Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteString("time", Time);
        to.WriteString("id", Id);
        to.WriteString("event", Event);
        to.WriteAny("user", User);
        to.WriteNumber("uid", Uid);
        to.WriteAny("client", Client);
        to.WriteAny("key", Key);
        to.WriteAny("verb", Verb);
        to.WriteAny("guest", Guest);
        to.WriteAny("words", Words);
        to.WriteAny("decision", Decision);
        to.WriteAny("reason", Reason);
        to.WriteAny("folded", Folded);
        to.WriteAny("exit_code", ExitCode);
        to.WriteEndObject();
    }
}
