namespace XenShell.Core.Reports;

/// <summary>The document of list, status and uptime.</summary>
public sealed record StatusReport(IReadOnlyList<GuestReport> Guests);
