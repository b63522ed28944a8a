using System.Globalization;
using System.Text;
using XenShell.Core.Printing;
using XenShell.Core.Reports;

namespace XenShell.Tenant.Dispatch;

/// <summary>jobs and reimage --status for people.</summary>
public static class JobText
{
    /// <summary>One line a job.</summary>
    public static string List(JobsReport report) => report.Jobs.Count == 0
        ? "no jobs; 'reimage GUEST IMAGE' starts one\n"
        : string.Concat(report.Jobs.Select(job => $"{job.Id}  {job.Guest,-12} {Title(job),-20} {State(job),-13} {UtcTime.Of(job.Created)}\n"));

    /// <summary>All of one job.</summary>
    public static string Of(JobReport job)
    {
        var text = new StringBuilder();
        void Line(string label, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{label,-13} {value}\n");
            }
        }

        Line("job", $"{job.Id}: {Title(job)} of {job.Guest}");
        Line("by", $"{job.User}, {UtcTime.Of(job.Created)}");
        Line("reason", job.Reason);
        Line("state", State(job) + (job.Phase is { } phase ? $", {phase}" : ""));
        Line("result", job.Result);
        foreach (var word in job.Log ?? [])
        {
            Line("", word);
        }

        Line("ended", job.Ended is { } ended ? UtcTime.Of(ended) : null);
        foreach (var fingerprint in job.Fingerprints ?? [])
        {
            Line("host key", fingerprint);
        }

        Line("known_hosts", job.KnownHosts?.MinBy(line => line.Length)); // one is enough for ssh, and it fits on a few lines

        Line("old system", job.KeptUntil is { } until ? $"kept until {UtcTime.Of(until)}{(job.CanUndo ? $"; 'reimage --undo {job.Guest} --job={job.Id}' brings it back" : "")}" : null);
        return text.ToString();
    }

    public static string Title(JobReport job) => job.Image is { } image ? $"{job.Kind} {image}" : job.Kind;

    public static string State(JobReport job) => job.Percent is { } percent ? $"{job.State} {percent} %" : job.State;
}
