namespace XenShell.Core.Reports;

/// <summary>The document of whoami.</summary>
public sealed record WhoamiReport(string User);
