using System.Globalization;
using System.Text;
using Mono.Unix.Native;
using XenShell.Core.Commands;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Audit;

/// <summary>
/// The record of every attempt: one JSON line in audit.log and one line to syslog (authpriv). Nobody can fill
/// it: refusals are short and few (<see cref="LoginRates"/>), and what changes nothing leaves room for what
/// does (<see cref="RecordFile"/>).
/// </summary>
public sealed class AuditLog
{
    private readonly string path;
    private readonly RecordFile file;
    private readonly LoginRates rates;
    private readonly string words;
    private readonly string id = Guid.NewGuid().ToString("N")[..12]; // unique, no secret; the crypto library would load OpenSSL
    private AuditRecord about;
    private bool isOfAnAct;

    public AuditLog(HostLayout layout, AuditSubject subject, IReadOnlyList<string> arguments)
    {
        path = layout.AuditLog;
        file = new RecordFile(path);
        rates = new LoginRates(layout, subject.Uid);
        words = Latin1(string.Join(' ', arguments));
        about = new AuditRecord("", id, "", subject.User, subject.Uid, subject.Client, subject.Key, null, null, null, null, null, null, null);
    }

    /// <summary>For what is of the host itself, and nobody's attempt.</summary>
    public static AuditLog OfTheHost(HostLayout layout) => new(layout, new AuditSubject(null, layout.Owner), []);

    /// <summary>The attempt stands on record; what is left to tell is its outcome.</summary>
    public bool HasAttempt { get; private set; }

    /// <summary>What the words meant, once they are parsed.</summary>
    public void Describe(Invocation invocation) =>
        about = about with { Verb = invocation.Command.Verb, Guest = invocation.Guest?.Text };

    /// <summary>Before an act. When this throws, nothing may be done.</summary>
    /// <exception cref="IOException">The file took no record (syslog has it all the same).</exception>
    public void Act(string reason)
    {
        Write(Attempt(permitted: true, reason, Sizes.RecordedWords, rates.TakeFolded()), ofAnAct: true);
        (HasAttempt, isOfAnAct) = (true, true);
    }

    /// <summary>Before what only looks, which goes on when there is room for acts alone.</summary>
    public void Look(string reason)
    {
        Write(Attempt(permitted: true, reason, Sizes.RecordedWords, rates.TakeFolded()), ofAnAct: false);
        HasAttempt = true;
    }

    /// <summary>Nothing is done. Of too many, the number is told later.</summary>
    public void Refusal(string reason)
    {
        if (rates.TryRefuse(Environment.TickCount64, out var folded))
        {
            Write(Attempt(permitted: false, reason, Sizes.RecordedRefusal, folded), ofAnAct: false);
        }
    }

    /// <summary>Something on the host that nobody asked about, and its administrator should know.</summary>
    public void Problem(string reason) => Write(about with { Event = "problem", Reason = reason }, ofAnAct: false);

    /// <summary>After acting; a failure to write goes to syslog, as the act cannot be taken back.</summary>
    public void Outcome(ExitCode code, string? reason)
    {
        try
        {
            Write(about with { Event = "outcome", Reason = reason, ExitCode = (int)code }, isOfAnAct);
        }
        catch (IOException e)
        {
            SystemLog.Write(SyslogLevel.LOG_CRIT, $"{path}: {e.Message}");
        }
    }

    private AuditRecord Attempt(bool permitted, string reason, int maxWords, int folded) => about with
    {
        Event = "attempt",
        Words = Ascii(PrintableText.Line(words, maxWords)),
        Decision = permitted ? "permit" : "refuse",
        Reason = reason,
        Folded = folded > 0 ? folded : null,
    };

    private void Write(AuditRecord record, bool ofAnAct)
    {
        record = record with
        {
            Time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Reason = record.Reason is null ? null : Ascii(PrintableText.Line(Latin1(record.Reason), Sizes.RecordedReason)),
        };
        SystemLog.Write(record.Decision == "refuse" || record.Event == "problem" ? SyslogLevel.LOG_WARNING : SyslogLevel.LOG_INFO, Line(record));

        // Read with grep as well: an apostrophe is one. What stands in a line is printable already.
        byte[] line = [.. record.Json(), (byte)'\n'];
        if (ofAnAct)
        {
            file.Append(line);
        }
        else
        {
            file.TryAppend(line);
        }
    }

    // The mark of a cut is the one character that is not.
    private static string Ascii(string line) => line.Replace("…", "...", StringComparison.Ordinal);

    private static string Line(AuditRecord r) => string.Join(' ', new[]
    {
        $"id={r.Id}", $"event={r.Event}", $"user={r.User ?? "?"}", $"uid={r.Uid}", $"client={r.Client ?? "-"}", $"key={r.Key ?? "-"}", $"verb={r.Verb ?? "?"}", $"guest={r.Guest ?? "-"}",
        r.Decision is null ? null : $"decision={r.Decision}",
        r.ExitCode is null ? null : $"exit={r.ExitCode}",
        r.Folded is null ? null : $"folded={r.Folded}",
        r.Words is null ? null : $"words=\"{r.Words.Replace('"', '\'')}\"",
        r.Reason is null ? null : $"reason=\"{r.Reason.Replace('"', '\'')}\"",
    }.Where(part => part is not null));

    // The printable filter takes bytes as Latin-1; what argv held as UTF-8 goes back to those bytes.
    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
