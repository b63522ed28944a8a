using System.Globalization;
using System.Text;
using System.Text.Json;
using Mono.Unix.Native;
using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Core.Reports;

namespace XenShell.Core.Audit;

/// <summary>
/// The record of every attempt: one JSON line in audit.log and one line to syslog (authpriv). The file
/// is opened for appending and each line is one write, so that concurrent gates do not mix theirs.
/// </summary>
public sealed class AuditLog
{
    private const int MaxWords = 512; // of a tenant's words; a megabyte of argument must not fill the disk
    private const int MaxReason = 1000;

    private readonly string path;
    private readonly string id = Guid.NewGuid().ToString("N")[..12]; // unique, no secret; the crypto library would load OpenSSL
    private AuditRecord about;

    public AuditLog(HostLayout layout, string? user, uint uid, IReadOnlyList<string> arguments)
    {
        path = layout.AuditLog;
        var words = PrintableText.Line(Latin1(string.Join(' ', arguments)), MaxWords);
        about = new AuditRecord("", id, "", user, uid, null, null, words, null, null, null);
    }

    /// <summary>The attempt stands on record; what is left to tell is its outcome.</summary>
    public bool HasAttempt { get; private set; }

    /// <summary>What the words meant, once they are parsed.</summary>
    public void Describe(Invocation invocation) =>
        about = about with { Verb = invocation.Command.Verb, Guest = invocation.Guest?.Text };

    /// <summary>Before acting. When this throws, nothing may be done.</summary>
    /// <exception cref="IOException">The file took no record (syslog has it all the same).</exception>
    public void Attempt(bool permitted, string reason)
    {
        Write(about with { Event = "attempt", Decision = permitted ? "permit" : "refuse", Reason = reason });
        HasAttempt = true;
    }

    /// <summary>After acting; a failure to write goes to syslog, as the act cannot be taken back.</summary>
    public void Outcome(ExitCode code, string? reason)
    {
        try
        {
            Write(about with { Event = "outcome", Words = null, Reason = reason, ExitCode = (int)code });
        }
        catch (IOException e)
        {
            SystemLog.Write(SyslogLevel.LOG_CRIT, $"{path}: {e.Message}");
        }
    }

    private void Write(AuditRecord record)
    {
        record = record with
        {
            Time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Reason = record.Reason is null ? null : PrintableText.Line(Latin1(record.Reason), MaxReason),
        };
        SystemLog.Write(record.Decision == "refuse" ? SyslogLevel.LOG_WARNING : SyslogLevel.LOG_INFO, Line(record));
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, ReportJson.Default.AuditRecord), (byte)'\n'];
        using var file = Folders.OpenToAppend(path);
        // Half a line, of a full disk or a power cut, must not swallow this one.
        file.WriteAll(file.EndsWithLine() ? line : [(byte)'\n', .. line]);
    }

    private static string Line(AuditRecord r) => string.Join(' ', new[]
    {
        $"id={r.Id}", $"event={r.Event}", $"user={r.User ?? "?"}", $"uid={r.Uid}", $"verb={r.Verb ?? "?"}", $"guest={r.Guest ?? "-"}",
        r.Decision is null ? null : $"decision={r.Decision}",
        r.ExitCode is null ? null : $"exit={r.ExitCode}",
        r.Words is null ? null : $"words=\"{r.Words.Replace('"', '\'')}\"",
        r.Reason is null ? null : $"reason=\"{r.Reason.Replace('"', '\'')}\"",
    }.Where(part => part is not null));

    // The printable filter takes bytes as Latin-1; what argv held as UTF-8 goes back to those bytes.
    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
