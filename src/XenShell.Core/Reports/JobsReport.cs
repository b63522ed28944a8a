namespace XenShell.Core.Reports;

/// <summary>The document of jobs.</summary>
public sealed record JobsReport(IReadOnlyList<JobReport> Jobs);
