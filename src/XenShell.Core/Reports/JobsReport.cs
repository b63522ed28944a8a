using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of jobs, and of reimage --status: the newest first.</summary>
public sealed record JobsReport(IReadOnlyList<JobReport> Jobs) : IJsonObject
{
    /// <exception cref="JsonException">It is no such document.</exception>
    public static JobsReport Parse(byte[] json) => JsonText.Read(json, from => new JobsReport(from.Objects("jobs", JobReport.Of)));

    public void Write(Utf8JsonWriter to) => to.Member("jobs", Jobs);
}
