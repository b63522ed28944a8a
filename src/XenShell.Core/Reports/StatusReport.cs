namespace XenShell.Core.Reports;

/// <summary>The document of list, status and uptime.</summary>
/// <param name="RefusedFiles">For staff: guests' files that grant nothing; null when there are none.</param>
public sealed record StatusReport(IReadOnlyList<GuestReport> Guests, IReadOnlyList<string>? RefusedFiles = null);
