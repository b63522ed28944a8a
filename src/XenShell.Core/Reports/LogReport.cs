namespace XenShell.Core.Reports;

/// <summary>The document of log.</summary>
public sealed record LogReport(string Guest, IReadOnlyList<string> Lines);
